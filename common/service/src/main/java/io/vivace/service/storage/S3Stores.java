package io.vivace.service.storage;

import io.vivace.service.config.S3Config;
import io.vivace.service.tls.ClientTls;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.Hedge;
import io.vivace.storage.remote.StoreObserver;
import io.vivace.storage.s3.S3Clients;
import io.vivace.storage.s3.S3ObjectStore;
import io.vivace.storage.s3.S3Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.jspecify.annotations.Nullable;

/// S3 as the section `s3` describes it.
final class S3Stores {
  private S3Stores() {}

  /// The bucket, which is asked for its first names.
  static ObjectStore of(S3Config config, Clock clock, StoreObserver observer) throws IOException {
    S3Settings settings = settings(config);
    S3ObjectStore store =
        new S3ObjectStore(
            S3Clients.of(settings, observer, clock, System::getenv),
            settings,
            RemoteStores.calls("s3 bucket " + config.bucket(), clock, observer));
    return RemoteStores.checked(
        store,
        store::check,
        new Hedge(config.hedgeRequestsAt(), config.hedgeRequestsUpTo()),
        config.prefix(),
        observer);
  }

  static S3Settings settings(S3Config config) {
    if (config.signatureV2()) {
      throw new IllegalArgumentException(
          "storage.trace.s3.signature_v2: true (expected: false, requests are signed with version"
              + " 4)");
    }
    return new S3Settings(
        config.bucket(),
        config.endpoint(),
        config.region(),
        config.insecure(),
        config.enableDualStack(),
        lookup(config),
        config.listBlocksConcurrency(),
        new S3Settings.Credentials(
            config.accessKey().value(),
            config.secretKey().value(),
            config.sessionToken().value(),
            config.nativeAwsAuthEnabled()),
        new S3Settings.Writing(
            config.partSize(),
            config.storageClass(),
            config.tags(),
            config.metadata(),
            config.checksumType(),
            new S3Settings.Encryption(
                config.sse().type(), config.sse().kmsKeyId(), config.sse().kmsEncryptionContext())),
        tls(config));
  }

  /// Numbers of MinIO's client, which Tempo hands on.
  private static S3Settings.Lookup lookup(S3Config config) {
    if (config.forcepathstyle()) {
      return S3Settings.Lookup.PATH;
    }
    return switch (config.bucketLookupType()) {
      case 0 -> S3Settings.Lookup.AUTO;
      case 1 -> S3Settings.Lookup.DNS;
      case 2 -> S3Settings.Lookup.PATH;
      default ->
          throw new IllegalArgumentException(
              "storage.trace.s3.bucket_lookup_type: "
                  + config.bucketLookupType()
                  + " (expected: 0 auto, 1 in the host, 2 in the path)");
    };
  }

  private static @Nullable TlsSocketStrategy tls(S3Config config) {
    if (config.insecure()) {
      return null;
    }
    SSLContext context =
        new ClientTls(
                "storage.trace.s3",
                config.tlsCaPath(),
                config.tlsCertPath(),
                config.tlsKeyPath(),
                config.tlsInsecureSkipVerify())
            .context();
    HostnameVerifier verifier =
        config.tlsInsecureSkipVerify()
            ? NoopHostnameVerifier.INSTANCE
            : HttpsSupport.getDefaultHostnameVerifier();
    TlsSocketStrategy strategy =
        new DefaultClientTlsStrategy(
            context, protocols(config), ciphers(config), SSLBufferMode.STATIC, verifier);
    String name = config.tlsServerName();
    return name.isEmpty()
        ? strategy
        : (socket, target, port, attachment, http) ->
            strategy.upgrade(socket, name, port, attachment, http);
  }

  private static String[] protocols(S3Config config) {
    return switch (config.tlsMinVersion()) {
      case "VersionTLS13" -> new String[] {"TLSv1.3"};
      case "", "VersionTLS12" -> new String[] {"TLSv1.3", "TLSv1.2"};
      case "VersionTLS11" -> new String[] {"TLSv1.3", "TLSv1.2", "TLSv1.1"};
      case "VersionTLS10" -> new String[] {"TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"};
      default ->
          throw new IllegalArgumentException(
              "storage.trace.s3.tls_min_version: "
                  + config.tlsMinVersion()
                  + " (expected: VersionTLS10, VersionTLS11, VersionTLS12 or VersionTLS13)");
    };
  }

  private static String @Nullable [] ciphers(S3Config config) {
    return config.tlsCipherSuites().isEmpty()
        ? null
        : Arrays.stream(config.tlsCipherSuites().split(","))
            .map(String::strip)
            .toArray(String[]::new);
  }
}
