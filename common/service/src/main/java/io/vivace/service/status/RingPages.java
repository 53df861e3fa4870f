package io.vivace.service.status;

import io.vivace.ring.Instance;
import io.vivace.ring.Ring;
import io.vivace.ring.RingView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

/// A page with the members of a ring; a POST with `forget` removes one. Source of the form: dskit
/// `ring/http.go`.
final class RingPages {
  private final Clock clock;

  RingPages(Clock clock) {
    this.clock = clock;
  }

  ServerResponse page(ServerRequest request, Ring ring) {
    RingView view = ring.view();
    if (request.method().equals(HttpMethod.POST)) {
      return forget(request, view);
    }
    return Answers.wantsJson(request) ? json(view) : html(view);
  }

  /// Tempo answers 302 to any id. An instance that is there cannot be removed from a ring that is a
  /// fixed list, and the client is told so.
  private static ServerResponse forget(ServerRequest request, RingView view) {
    String id = request.param("forget").orElse("");
    if (view.instances().stream().anyMatch(instance -> instance.id().equals(id))) {
      return Answers.error(
          409, "forget: " + id + " (expected: an instance that left; this one is configured)");
    }
    return ServerResponse.status(302).header("Location", "#").build();
  }

  private ServerResponse json(RingView view) {
    Map<Instance, Integer> counts = view.tokenCounts();
    String now = clock.instant().toString();
    List<Map<String, Object>> shards = new ArrayList<>();
    for (Instance instance : view.instances()) {
      Map<String, Object> shard = new LinkedHashMap<>();
      shard.put("id", instance.id());
      shard.put("state", instance.state().name());
      shard.put("address", instance.address());
      shard.put("timestamp", now);
      shard.put("zone", instance.zone());
      shard.put("read_only", false);
      shard.put("num_tokens", counts.getOrDefault(instance, 0));
      shards.add(shard);
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("shards", shards);
    page.put("now", now);
    return Answers.json(Json.of(page));
  }

  private static ServerResponse html(RingView view) {
    Map<Instance, Integer> counts = view.tokenCounts();
    String rows =
        view.instances().stream()
            .map(instance ->
                "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td></tr>"
                    .formatted(
                        HtmlUtils.htmlEscape(instance.id()),
                        HtmlUtils.htmlEscape(instance.zone()),
                        instance.state(),
                        HtmlUtils.htmlEscape(instance.address()),
                        counts.getOrDefault(instance, 0)))
            .collect(Collectors.joining("\n"));
    return Answers.html(
        HtmlPage.of(
            "Ring Status",
            "<table border=\"1\"><tr><th>Instance ID</th><th>Availability Zone</th><th>State</th>"
                + "<th>Address</th><th>Tokens</th></tr>\n"
                + rows
                + "</table>"));
  }
}
