package io.vivace.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.storage.s3.S3Settings.Credentials;
import io.vivace.storage.s3.S3Settings.Encryption;
import io.vivace.storage.s3.S3Settings.Writing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

class S3SettingsTest {
  private static final Credentials NOBODY = new Credentials("", "", "", false);
  private static final Encryption PLAIN = new Encryption("", "", "");

  private static S3Settings settings(String bucket, Credentials credentials, Writing writing) {
    return new S3Settings(
        bucket, "", "", false, false, S3Settings.Lookup.AUTO, 3, credentials, writing, null);
  }

  private static Writing writing(long part, String checksum, Encryption encryption) {
    return new Writing(
        part, "STANDARD_IA", Map.of("team", "a b"), Map.of("by", "us"), checksum, encryption);
  }

  @Test
  void writesWithEverythingThatWasConfigured() {
    Encryption kms = new Encryption("SSE-KMS", "key-1", "{\"a\":\"b\"}");
    S3Requests requests = new S3Requests(settings("traces", NOBODY, writing(0, "crc32c", kms)));
    PutObjectRequest put = requests.put("name").build();
    assertThat(put.tagging()).isEqualTo("team=a%20b");
    assertThat(put.storageClassAsString()).isEqualTo("STANDARD_IA");
    assertThat(put.metadata()).containsEntry("by", "us");
    assertThat(put.checksumAlgorithmAsString()).isEqualTo("CRC32C");
    assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(put.ssekmsKeyId()).isEqualTo("key-1");
    assertThat(Base64.getDecoder().decode(put.ssekmsEncryptionContext()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"a\":\"b\"}");
    CreateMultipartUploadRequest begin = requests.begin("name");
    assertThat(begin.tagging()).isEqualTo(put.tagging());
    assertThat(begin.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(begin.ssekmsEncryptionContext()).isEqualTo(put.ssekmsEncryptionContext());
    assertThat(begin.metadata()).isEqualTo(put.metadata());
    assertThat(begin.storageClassAsString()).isEqualTo("STANDARD_IA");
  }

  @Test
  void writesPlainlyWithoutAnyOfIt() {
    S3Requests requests =
        new S3Requests(
            settings("traces", NOBODY, new Writing(0, "", Map.of(), Map.of(), "", PLAIN)));
    PutObjectRequest put = requests.put("name").build();
    assertThat(put.tagging()).isNull();
    assertThat(put.storageClass()).isNull();
    assertThat(put.serverSideEncryption()).isNull();
    assertThat(put.checksumAlgorithm()).isNull();
  }

  @Test
  void refusesWhatCannotWork() {
    Writing plain = writing(0, "", PLAIN);
    assertThatThrownBy(() -> settings("", NOBODY, plain)).hasMessageContaining("s3.bucket: empty");
    assertThatThrownBy(() -> settings("b", NOBODY, writing(1024, "", PLAIN)))
        .hasMessageContaining("s3.part_size: 1024 (expected: 0 or at least 5242880)");
    assertThatThrownBy(() -> settings("b", new Credentials("id", "", "", false), plain))
        .hasMessageContaining("access_key, secret_key");
    assertThatThrownBy(() ->
            new S3Requests(settings("b", NOBODY, writing(0, "", new Encryption("AES", "", "")))))
        .hasMessageContaining("sse.type: AES (expected: SSE-S3 or SSE-KMS)");
    assertThatThrownBy(() ->
            new S3Requests(settings("b", NOBODY, writing(0, "", new Encryption("", "key", "")))))
        .hasMessageContaining("expected: SSE-KMS");
    assertThatThrownBy(() -> new S3Requests(settings("b", NOBODY, writing(0, "MD4", PLAIN))))
        .hasMessageContaining("checksum_type: MD4");
  }

  @Test
  void makesPartsSoLargeThatTenThousandAreEnough() {
    S3Settings standard = settings("b", NOBODY, writing(0, "", PLAIN));
    assertThat(standard.partSize(1)).isEqualTo(16 << 20);
    long huge = 1L << 40;
    assertThat(huge / standard.partSize(huge)).isLessThanOrEqualTo(10_000);
    assertThat(settings("b", NOBODY, writing(5 << 20, "", PLAIN)).partSize(1)).isEqualTo(5 << 20);
  }

  @Test
  void looksForCredentialsInTempoOrder() {
    Map<String, String> both =
        Map.of(
            "AWS_ACCESS_KEY_ID", "aws",
            "AWS_SECRET_ACCESS_KEY", "s",
            "AWS_SESSION_TOKEN", "token",
            "MINIO_ACCESS_KEY", "minio",
            "MINIO_SECRET_KEY", "s");
    AwsCredentials fixed =
        S3Credentials.of(new Credentials("id", "secret", "", false), both::get)
            .resolveCredentials();
    assertThat(fixed.accessKeyId()).isEqualTo("id");
    AwsCredentials aws = S3Credentials.of(NOBODY, both::get).resolveCredentials();
    assertThat(aws.accessKeyId()).isEqualTo("aws");
    assertThat(((AwsSessionCredentials) aws).sessionToken()).isEqualTo("token");
    Map<String, String> minio = Map.of("MINIO_ACCESS_KEY", "minio", "MINIO_SECRET_KEY", "s");
    assertThat(S3Credentials.of(NOBODY, minio::get).resolveCredentials().accessKeyId())
        .isEqualTo("minio");
  }
}
