package io.vivace.service.status;

import io.vivace.ring.Instance;
import io.vivace.ring.Ring;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

/// `/memberlist`: who takes part in the rings. There is no store of keys behind it, hence no key to
/// view.
final class MemberlistPage {
  private final Ring ring;
  private final Clock clock;

  MemberlistPage(Ring ring, Clock clock) {
    this.ring = ring;
    this.clock = clock;
  }

  ServerResponse page(ServerRequest request) {
    if (request.param("viewKey").isPresent() || request.param("downloadKey").isPresent()) {
      return Answers.error(404, "value not found");
    }
    Optional<String> message = request.param("viewMsg");
    if (message.isPresent()) {
      boolean number = message.get().matches("\\d{1,18}");
      return Answers.error(number ? 404 : 400, number ? "message not found" : "invalid message ID");
    }
    if (request.param("deleteMessages").orElse("").equals("true")) {
      return ServerResponse.status(302).header("Location", "?deleteMessages=false").build();
    }
    List<Instance> members = ring.view().instances();
    return Answers.wantsJson(request) ? json(members) : html(members);
  }

  private ServerResponse json(List<Instance> members) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("now", clock.instant().toString());
    page.put(
        "members",
        members.stream()
            .map(member ->
                Map.of(
                    "name", member.id(),
                    "address", member.address(),
                    "state", member.state().name()))
            .toList());
    return Answers.json(Json.of(page));
  }

  private static ServerResponse html(List<Instance> members) {
    String rows =
        members.stream()
            .map(member ->
                "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
                    .formatted(
                        HtmlUtils.htmlEscape(member.id()),
                        HtmlUtils.htmlEscape(member.address()),
                        member.state()))
            .collect(Collectors.joining("\n"));
    return Answers.html(
        HtmlPage.of(
            "Memberlist Status",
            "<table border=\"1\"><tr><th>Name</th><th>Address</th><th>State</th></tr>\n"
                + rows
                + "</table>"));
  }
}
