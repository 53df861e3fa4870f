package io.vivace.service.status;

import io.vivace.ring.Instance;
import io.vivace.ring.Ring;
import io.vivace.ring.RingView;
import io.vivace.service.ring.Rings;
import io.vivace.service.ring.SharedRings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

/// A page with the members of a ring; a POST with `forget` removes one. Source of the form: dskit
/// `ring/http.go`.
final class RingPages {
  private final Clock clock;
  private final SharedRings shared;

  RingPages(Clock clock, SharedRings shared) {
    this.clock = clock;
    this.shared = shared;
  }

  /// @param key what `ring` is called among its members
  ServerResponse page(ServerRequest request, Ring ring, String key) {
    RingView view = ring.view();
    if (request.method().equals(HttpMethod.POST)) {
      return forget(request, view, key);
    }
    if (Answers.wantsJson(request)) {
      return json(view);
    }
    return html(view, request.param("tokens").orElse("").equals("true"));
  }

  /// Tempo answers 302 to any id. An instance that is there cannot be removed from a ring that is a
  /// fixed list, and the client is told so.
  private ServerResponse forget(ServerRequest request, RingView view, String key) {
    String id = request.param("forget").orElse("");
    Optional<Rings> rings = shared.rings();
    if (rings.isPresent()) {
      try {
        boolean _ = rings.get().gossip().forget(key, id).join();
      } catch (CompletionException e) {
        return Answers.error(500, "forget: " + id + ": " + e.getMessage());
      }
    } else if (view.instances().stream().anyMatch(instance -> instance.id().equals(id))) {
      return Answers.error(
          409, "forget: " + id + " (expected: an instance that left; this one is configured)");
    }
    return ServerResponse.status(302).header("Location", "#").build();
  }

  private static String state(Instance instance) {
    return instance.isReachable() ? instance.state().name() : "UNHEALTHY";
  }

  private String lastSeen(Instance instance) {
    long seconds = instance.times().lastSeen();
    return seconds == 0 ? clock.instant().toString() : time(seconds);
  }

  private static String time(long seconds) {
    return seconds == 0 ? "" : Instant.ofEpochSecond(seconds).toString();
  }

  private ServerResponse json(RingView view) {
    List<Map<String, Object>> shards = new ArrayList<>();
    for (Instance instance : view.instances()) {
      Map<String, Object> shard = new LinkedHashMap<>();
      shard.put("id", instance.id());
      shard.put("state", state(instance));
      shard.put("address", instance.address());
      shard.put("timestamp", lastSeen(instance));
      shard.put("registered_timestamp", time(instance.times().registered()));
      shard.put("read_only", instance.isReadOnly());
      shard.put("read_only_updated_timestamp", time(instance.times().readOnlyUpdated()));
      shard.put("zone", instance.zone());
      shard.put("tokens", tokens(view, instance));
      shards.add(shard);
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("shards", shards);
    page.put("now", clock.instant().toString());
    return Answers.json(Json.of(page));
  }

  private static List<Long> tokens(RingView view, Instance instance) {
    return Arrays.stream(view.tokensOf(instance.id())).mapToObj(Integer::toUnsignedLong).toList();
  }

  private ServerResponse html(RingView view, boolean showTokens) {
    Map<Instance, Integer> counts = view.tokenCounts();
    String rows =
        view.instances().stream()
            .map(instance -> row(instance, counts.getOrDefault(instance, 0)))
            .collect(Collectors.joining("\n"));
    String tokens = showTokens ? tokenLists(view) : "";
    return Answers.html(
        HtmlPage.of(
            "Ring Status",
            "<form action=\"\" method=\"POST\"><table border=\"1\"><tr><th>Instance ID</th>"
                + "<th>Availability Zone</th><th>State</th><th>Address</th>"
                + "<th>Registered At</th><th>Read-Only</th><th>Last Heartbeat</th>"
                + "<th>Tokens</th><th>Actions</th></tr>\n"
                + rows
                + "</table></form>"
                + tokens));
  }

  private String row(Instance instance, int tokens) {
    String id = HtmlUtils.htmlEscape(instance.id());
    return ("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td>"
            + "<td>%d</td><td><button name=\"forget\" value=\"%s\" type=\"submit\">Forget</button>"
            + "</td></tr>")
        .formatted(
            id,
            HtmlUtils.htmlEscape(instance.zone()),
            state(instance),
            HtmlUtils.htmlEscape(instance.address()),
            time(instance.times().registered()),
            instance.isReadOnly() ? "yes, since " + time(instance.times().readOnlyUpdated()) : "",
            lastSeen(instance),
            tokens,
            id);
  }

  private static String tokenLists(RingView view) {
    return view.instances().stream()
        .map(instance ->
            "<h2>Instance: %s</h2><p>%s</p>"
                .formatted(
                    HtmlUtils.htmlEscape(instance.id()),
                    tokens(view, instance).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "))))
        .collect(Collectors.joining("\n"));
  }
}
