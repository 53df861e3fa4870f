package io.vivace.clients.s3;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.Main;

/// Serves buckets, which are the folders of one folder, until it is killed.
///
/// Arguments: the folder, the port, the access key, the secret key.
public final class S3Server {
  private S3Server() {}

  /// Runs the server.
  public static void main(String[] arguments) throws Exception {
    Path configuration = Files.createTempFile("s3proxy", ".properties");
    Files.writeString(
        configuration,
        """
        s3proxy.endpoint=http://127.0.0.1:%s
        s3proxy.authorization=aws-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(arguments[1], arguments[2], arguments[3], arguments[0]));
    System.setProperty("LOG_LEVEL", "warn");
    Main.main(new String[] {"--properties", configuration.toString()});
  }
}
