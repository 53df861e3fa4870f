package io.vivace.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a span costs the whole process by the protocol it comes in: CPU seconds of a running Vivace
/// per million spans, from the receiver to the acknowledgement and whatever the services do
/// meanwhile.
///
/// Arguments: the process id of a Vivace with the configuration `bench/protocol-cost.yaml`; how
/// many spans to measure, in thousands; names of [Protocol]s, none for all but Kafka.
public final class ProtocolCost {
  private static final int CONNECTIONS = 4;
  private static final int SPANS = 500;
  private static final int TICKS_PER_SECOND = 100;
  private static final Pattern ACCEPTED =
      Pattern.compile("^tempo_receiver_accepted_spans_total\\{.*} (\\S+)$", Pattern.MULTILINE);

  private final Path stat;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong requests;

  private ProtocolCost(long pid) {
    stat = Path.of("/proc", Long.toString(pid), "stat");
    // ids of traces differ from those of an earlier run
    requests = new AtomicLong(System.nanoTime() & 0xffffffffL);
  }

  /// Measures and prints one line a protocol.
  public static void main(String[] arguments) throws Exception {
    ProtocolCost cost = new ProtocolCost(Long.parseLong(arguments[0]));
    int batches = Integer.parseInt(arguments[1]) * 1000 / SPANS;
    List<Protocol> protocols =
        arguments.length > 2
            ? Arrays.stream(arguments).skip(2).map(Protocol::valueOf).toList()
            : Arrays.stream(Protocol.values()).filter(p -> p != Protocol.KAFKA_OTLP).toList();
    System.out.println("protocol bytes/span spans-sent spans-accepted CPU-s/M-spans");
    for (Protocol protocol : protocols) {
      cost.measure(protocol, batches / 2);
      System.out.println(cost.measure(protocol, batches));
    }
    System.exit(0);
  }

  private String measure(Protocol protocol, int batches) throws Exception {
    double before = accepted();
    long cpu = ticks();
    int bytes;
    try (ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Integer>> sent = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        sent.add(senders.submit(() -> send(protocol, batches / CONNECTIONS)));
      }
      bytes = sent.getFirst().get();
      for (Future<Integer> each : sent) {
        int _ = each.get();
      }
    }
    long wanted = (long) batches / CONNECTIONS * CONNECTIONS * SPANS;
    double accepted = settle(before, wanted);
    return String.format(
        Locale.ROOT,
        "%s %d %d %.0f %.2f",
        protocol,
        bytes / SPANS,
        wanted,
        accepted,
        (ticks() - cpu) * 1e6 / TICKS_PER_SECOND / accepted);
  }

  private int send(Protocol protocol, int batches) throws Exception {
    int bytes = 0;
    try (Protocol.Connection connection = protocol.connect()) {
      for (int i = 0; i < batches; i++) {
        List<byte[]> payloads = protocol.encode(requests.incrementAndGet(), SPANS);
        bytes = payloads.stream().mapToInt(payload -> payload.length).sum();
        for (byte[] payload : payloads) {
          connection.send(payload);
        }
      }
    }
    return bytes;
  }

  /// Waits until everything was accepted or nothing more comes: protocols without an answer.
  private double settle(double before, long wanted) throws IOException, InterruptedException {
    AtomicReference<Double> last = new AtomicReference<>(-1.0);
    await()
        .pollInterval(Duration.ofSeconds(1))
        .atMost(Duration.ofMinutes(2))
        .until(() -> {
          double now = accepted();
          return now - before >= wanted || now == last.getAndSet(now);
        });
    return accepted() - before;
  }

  private double accepted() throws IOException, InterruptedException {
    String metrics =
        client
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:3200/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher matcher = ACCEPTED.matcher(metrics);
    double sum = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  private long ticks() throws IOException {
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
