package io.vivace.traceql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParserFuzzTest {
  private static final int ROUNDS = 30_000;

  @Test
  void answersAnyTextWithAQueryOrADeclaredError() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> corpus = new ArrayList<>();
    Golden.lines("traceql/parse-valid.jsonl").forEach(l -> corpus.add(l.path("query").asString()));
    Golden.lines("traceql/parse-invalid.jsonl")
        .forEach(l -> corpus.add(l.path("query").asString()));
    for (int i = 0; i < ROUNDS; i++) {
      String text = mutate(corpus.get(random.nextInt(corpus.size())), corpus, random);
      try {
        Query query = Query.parse(text);
        assertThat(query.toString()).as(text).isNotEmpty();
      } catch (TraceQlException e) {
        assertThat(e.getMessage()).as(text).isNotEmpty();
      }
    }
  }

  private static String mutate(String text, List<String> corpus, Random random) {
    StringBuilder result = new StringBuilder(text);
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(result.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> result.delete(at, Math.min(result.length(), at + 1 + random.nextInt(5)));
        case 1 -> result.insert(at, (char) random.nextInt(0x3000));
        case 2 -> {
          String other = corpus.get(random.nextInt(corpus.size()));
          int from = random.nextInt(other.length() + 1);
          result.insert(at, other, from, Math.min(other.length(), from + random.nextInt(12)));
        }
        case 3 -> result.insert(at, "{}()\"`'\\.|&!<>=~-0e".charAt(random.nextInt(19)));
        default -> {
          int end = Math.min(result.length(), at + random.nextInt(8));
          result.insert(at, result.substring(at, end));
        }
      }
    }
    return result.toString();
  }

  @Test
  void readsItsOwnCanonicalForm() throws IOException {
    for (var line : Golden.lines("traceql/parse-valid.jsonl")) {
      String canonical = line.path("canonical").asString();
      // names with special characters, texts with backticks and compare do not print back
      if (!line.path("accepted").toString().contains("2.9") || canonical.contains("compare(")) {
        continue;
      }
      Query first = Query.parse(line.path("query").asString());
      Query second;
      try {
        second = Query.parse(first.toString());
      } catch (TraceQlException e) {
        continue;
      }
      if (!line.path("query").asString().contains("\"")) {
        assertThat(second.toString()).isEqualTo(first.toString());
      }
    }
  }

  @Test
  void rejectsDeepNestingClearly() {
    for (String unit : List.of("(", "-", "!", "!(", "1 ^ (", "-(-")) {
      assertThatThrownBy(() -> Query.parse("{ " + unit.repeat(60_000)))
          .isInstanceOf(TraceQlException.Syntax.class)
          .hasMessageContaining("nesting depth: 501 (expected: at most 500)");
    }
    assertThatThrownBy(() -> Query.parse("(".repeat(100_000)))
        .hasMessageContaining("nesting depth");
    assertThatThrownBy(() -> Query.parse("{ .a ^ " + ".a ^ ".repeat(20_000) + ".a }"))
        .hasMessageContaining("nesting depth");
    assertThatThrownBy(() -> Query.parse("{ .a" + " + .a".repeat(20_000) + " = 1 }"))
        .hasMessageContaining("nesting depth");
    assertThatThrownBy(() -> Query.parse("{ }" + " && { }".repeat(20_000)))
        .hasMessageContaining("nesting depth");
  }

  @Test
  void printsAndChecksWhatIsJustBelowTheBound() {
    Query chain = Query.parse("{ .a" + " || .a".repeat(490) + " }");
    assertThat(chain.toString()).hasSizeGreaterThan(1000);
    Query brackets = Query.parse("{ " + "(".repeat(450) + ".a" + ")".repeat(450) + " }");
    assertThat(brackets).hasToString("{ .a }");
  }
}
