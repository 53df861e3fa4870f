package io.vivace.clients.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/// Runs a broker that is its own controller, until it is killed.
///
/// Arguments: a folder for its data, the port for clients, the port of the controller.
public final class KafkaBroker {
  private KafkaBroker() {}

  /// Runs the broker.
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path configuration = folder.resolve("server.properties");
    Files.writeString(configuration, configuration(folder, arguments[1], arguments[2]));
    int formatted =
        StorageTool.execute(
            new String[] {
              "format", "-t", Uuid.randomUuid().toString(), "-c", configuration.toString()
            },
            System.out);
    if (formatted != 0) {
      throw new IllegalStateException("storage: not formatted (exit code " + formatted + ")");
    }
    Kafka.main(new String[] {configuration.toString()});
  }

  private static String configuration(Path folder, String port, String controller) {
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:%2$s
    controller.listener.names=CONTROLLER
    listeners=PLAINTEXT://127.0.0.1:%1$s,CONTROLLER://127.0.0.1:%2$s
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$s
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    log.dirs=%3$s
    num.partitions=2
    offsets.topic.num.partitions=1
    offsets.topic.replication.factor=1
    transaction.state.log.num.partitions=1
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    group.initial.rebalance.delay.ms=0
    """
        .formatted(port, controller, folder.resolve("log"));
  }
}
