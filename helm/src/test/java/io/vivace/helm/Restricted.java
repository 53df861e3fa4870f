package io.vivace.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The level "restricted" of Kubernetes' Pod Security Standards, and the read-only root that we ask
/// for beyond it. Containers that values bring themselves (`side`, `first`) are not the chart's.
final class Restricted {
  private Restricted() {}

  static List<String> problems(Rendered.Pods pods) {
    List<String> problems = new ArrayList<>();
    Map<String, Object> spec = pods.spec();
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (Yaml.at(spec, host).isPresent()) {
        problems.add(pods.owner() + ": " + host);
      }
    }
    String profile = Yaml.textAt(spec, "securityContext", "seccompProfile", "type");
    if (!profile.equals("RuntimeDefault")) {
      problems.add(pods.owner() + ": seccompProfile " + profile);
    }
    for (Map<String, Object> container : pods.allContainers()) {
      String name = Yaml.textAt(container, "name");
      if (!List.of("side", "first").contains(name)) {
        Map<String, Object> context = Yaml.mapAt(container, "securityContext");
        String at = pods.owner() + " " + name + ": ";
        expect(problems, at, context, "true", "runAsNonRoot");
        expect(problems, at, context, "false", "allowPrivilegeEscalation");
        expect(problems, at, context, "true", "readOnlyRootFilesystem");
        expect(problems, at, context, "[ALL]", "capabilities", "drop");
        expect(problems, at, context, "", "capabilities", "add");
        expect(problems, at, context, "", "privileged");
      }
    }
    return problems;
  }

  private static void expect(
      List<String> problems,
      String at,
      Map<String, Object> context,
      String expected,
      String... path) {
    String actual = Yaml.textAt(context, path);
    if (!actual.equals(expected)) {
      problems.add(at + String.join(".", path) + " is " + actual);
    }
  }
}
