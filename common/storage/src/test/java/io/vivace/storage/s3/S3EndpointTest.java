package io.vivace.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S3EndpointTest {
  @Test
  void takesTheRegionFromAmazonsNames() {
    assertThat(S3Endpoint.of("s3.amazonaws.com", false))
        .isEqualTo(new S3Endpoint(Optional.empty(), "", false));
    assertThat(S3Endpoint.of("s3.eu-central-1.amazonaws.com", false))
        .isEqualTo(new S3Endpoint(Optional.empty(), "eu-central-1", false));
    assertThat(S3Endpoint.of("s3-us-west-2.amazonaws.com", false).region()).isEqualTo("us-west-2");
    assertThat(S3Endpoint.of("s3.dualstack.us-east-2.amazonaws.com", false).region())
        .isEqualTo("us-east-2");
    assertThat(S3Endpoint.of("s3.cn-north-1.amazonaws.com.cn", false).region())
        .isEqualTo("cn-north-1");
    assertThat(S3Endpoint.of("s3.us-gov-west-1.amazonaws.com", false).region())
        .isEqualTo("us-gov-west-1");
  }

  @Test
  void asksOtherHostsAsTheyStand() {
    assertThat(S3Endpoint.of("minio:9000", true))
        .isEqualTo(new S3Endpoint(Optional.of(URI.create("http://minio:9000")), "", true));
    assertThat(S3Endpoint.of("s3.example.com/", false).url())
        .contains(URI.create("https://s3.example.com"));
    assertThat(S3Endpoint.of("https://store.example.com:8443", true).url())
        .contains(URI.create("https://store.example.com:8443"));
    assertThat(S3Endpoint.of("bucket.vpce-1.s3.us-east-1.vpce.amazonaws.com", false).url())
        .contains(URI.create("https://bucket.vpce-1.s3.us-east-1.vpce.amazonaws.com"));
    assertThat(S3Endpoint.of("storage.googleapis.com", false).pathStyle()).isFalse();
  }

  @Test
  void letsTheSdkFindAnEmptyOne() {
    assertThat(S3Endpoint.of("", false)).isEqualTo(new S3Endpoint(Optional.empty(), "", false));
  }

  @Test
  void refusesWhatIsNoHost() {
    assertThatThrownBy(() -> S3Endpoint.of("a b", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("storage.trace.s3.endpoint: a b");
    assertThatThrownBy(() -> S3Endpoint.of("http://", false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
