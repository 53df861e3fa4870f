package io.vivace.service.status;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// All metrics in Prometheus' text format, or in OpenMetrics when the client asks for it.
public final class MetricsPage {
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  /// @param registry what is shown
  public MetricsPage(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /// One answer.
  ///
  /// @param type its content type
  /// @param body possibly compressed
  /// @param gzip whether `body` is compressed
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  public record Page(String type, byte[] body, boolean gzip) {}

  /// Answers a request.
  public ServerResponse answer(ServerRequest request) throws IOException {
    Page scraped =
        scrape(
            request.headers().firstHeader("Accept"),
            request.headers().firstHeader("Accept-Encoding"));
    ServerResponse.BodyBuilder answer = ServerResponse.ok().header("Content-Type", scraped.type());
    return (scraped.gzip() ? answer.header("Content-Encoding", "gzip") : answer)
        .body(scraped.body());
  }

  /// Scrapes.
  ///
  /// @param accept the header `Accept`, or null
  /// @param encodings the header `Accept-Encoding`, or null
  public Page scrape(@Nullable String accept, @Nullable String encodings) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    boolean gzip = encodings != null && encodings.contains("gzip");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream body = gzip ? new GZIPOutputStream(out) : out) {
      writer.write(body, registry.scrape());
    }
    return new Page(writer.getContentType(), out.toByteArray(), gzip);
  }
}
