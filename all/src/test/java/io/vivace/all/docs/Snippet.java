package io.vivace.all.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A fenced block of a page.
///
/// @param page path below the repository
/// @param line where it begins
/// @param language what stands behind the fence
/// @param text without the fences
record Snippet(String page, int line, String language, String text) {
  /// The root of the repository: tests run in the folder of their module.
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// The blocks of a page, in its order.
  static List<Snippet> of(String page) throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    List<String> lines = Files.readAllLines(ROOT.resolve(page));
    int begin = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("```")) {
        continue;
      }
      if (begin < 0) {
        begin = i;
      } else {
        String language = lines.get(begin).substring(3).strip();
        String text = String.join("\n", lines.subList(begin + 1, i)) + "\n";
        snippets.add(new Snippet(page, begin + 1, language, text));
        begin = -1;
      }
    }
    return snippets;
  }

  boolean isCommand() {
    return language.equals("bash") && (text.contains("curl ") || text.startsWith("ls "));
  }

  boolean isEnvironment() {
    return language.equals("bash") && text.startsWith("export OTEL_");
  }

  boolean isConfiguration() {
    return language.equals("yaml") && text.matches("(?s)(distributor|server|storage):.*");
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
