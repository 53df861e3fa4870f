package io.vivace.service.status;

import io.vivace.ring.Instance;
import io.vivace.ring.MembershipEngine.Node;
import io.vivace.ring.Ring;
import io.vivace.ring.gossip.Descriptor;
import io.vivace.ring.gossip.GossipStatistics;
import io.vivace.service.ring.Rings;
import io.vivace.service.ring.SharedRings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

/// `/memberlist`: the processes that take part in the rings, and what each ring holds. Messages are
/// not kept, hence none can be viewed.
final class MemberlistPage {
  private final SharedRings shared;
  private final Ring ingesterRing;
  private final Clock clock;

  private record Member(String name, String address, String state) {}

  MemberlistPage(SharedRings shared, Ring ingesterRing, Clock clock) {
    this.shared = shared;
    this.ingesterRing = ingesterRing;
    this.clock = clock;
  }

  ServerResponse page(ServerRequest request) {
    Optional<String> key =
        request.param("viewKey").isPresent()
            ? request.param("viewKey")
            : request.param("downloadKey");
    if (key.isPresent()) {
      return value(key.get(), request.param("downloadKey").isPresent());
    }
    Optional<String> message = request.param("viewMsg");
    if (message.isPresent()) {
      boolean number = message.get().matches("\\d{1,18}");
      return Answers.error(number ? 404 : 400, number ? "message not found" : "invalid message ID");
    }
    if (request.param("deleteMessages").orElse("").equals("true")) {
      return ServerResponse.status(302).header("Location", "?deleteMessages=false").build();
    }
    return Answers.wantsJson(request) ? json() : html();
  }

  private Map<String, Map<String, Descriptor>> rings() {
    return shared.rings().map(rings -> rings.gossip().snapshot().join()).orElse(Map.of());
  }

  private List<Member> members() {
    List<Member> members = new ArrayList<>();
    Optional<Rings> rings = shared.rings();
    if (rings.isPresent()) {
      for (Node node : rings.get().gossip().nodes()) {
        members.add(new Member(node.name(), node.address(), "alive"));
      }
    } else {
      for (Instance member : ingesterRing.view().instances()) {
        members.add(new Member(member.id(), member.address(), member.state().name()));
      }
    }
    return members;
  }

  private ServerResponse value(String key, boolean isFile) {
    Map<String, Descriptor> ring = rings().get(key);
    if (ring == null) {
      return Answers.error(404, "value not found");
    }
    Map<String, Object> ingesters = new LinkedHashMap<>();
    ring.forEach((id, member) -> ingesters.put(id, described(member)));
    ServerResponse.BodyBuilder answer =
        ServerResponse.ok().header("Content-Type", "application/json");
    if (isFile) {
      answer.header(
          "Content-Disposition",
          "attachment; filename=\"%s.json\"".formatted(key.replaceAll("[^\\w.-]", "_")));
    }
    return answer.body(Json.of(Map.of("ingesters", ingesters)));
  }

  private static Map<String, Object> described(Descriptor member) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("id", member.id());
    described.put("addr", member.address());
    described.put("zone", member.zone());
    described.put("state", member.state().name());
    described.put("registered_timestamp", member.registered());
    described.put("read_only", member.readOnly().isSet());
    described.put("epoch", member.order().epoch());
    described.put("version", member.order().version());
    described.put("handed_over", member.isHandedOver());
    described.put("tokens", member.tokens().size());
    return described;
  }

  private ServerResponse json() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("now", clock.instant().toString());
    page.put(
        "members",
        members().stream()
            .map(member ->
                Map.of("name", member.name, "address", member.address, "state", member.state))
            .toList());
    page.put("keys", List.copyOf(rings().keySet()));
    return Answers.json(Json.of(page));
  }

  private ServerResponse html() {
    String rows =
        members().stream()
            .map(member ->
                "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
                    .formatted(
                        HtmlUtils.htmlEscape(member.name),
                        HtmlUtils.htmlEscape(member.address),
                        HtmlUtils.htmlEscape(member.state)))
            .collect(Collectors.joining("\n"));
    return Answers.html(
        HtmlPage.of(
            "Memberlist Status",
            "<h2>Members</h2><table border=\"1\"><tr><th>Name</th><th>Address</th><th>State</th>"
                + "</tr>\n"
                + rows
                + "</table>"
                + keys()
                + messages()));
  }

  private String keys() {
    String rows =
        rings().entrySet().stream()
            .map(ring ->
                "<tr><td><a href=\"?viewKey=%s&amp;format=json\">%s</a></td><td>%d</td></tr>"
                    .formatted(
                        HtmlUtils.htmlEscape(ring.getKey()),
                        HtmlUtils.htmlEscape(ring.getKey()),
                        ring.getValue().size()))
            .collect(Collectors.joining("\n"));
    return "<h2>Keys</h2><table border=\"1\"><tr><th>Key</th><th>Instances</th></tr>\n"
        + rows
        + "</table>";
  }

  private String messages() {
    if (shared.rings().isEmpty()) {
      return "";
    }
    GossipStatistics counts = shared.rings().get().gossip().statistics();
    return "<p>Messages received: %d, sent: %d</p>"
        .formatted(counts.messagesReceived(), counts.messagesSent());
  }
}
