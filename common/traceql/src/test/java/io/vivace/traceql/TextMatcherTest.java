package io.vivace.traceql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextMatcherTest {
  @Test
  void matchesAsTheAutomatonDoes() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      String expression = text(random, "ab|.*", 6);
      String text = text(random, "ab\n|.", 4);
      Boolean expected;
      try {
        expected = Pattern.compile(expression, Pattern.DOTALL).matches(text);
      } catch (PatternSyntaxException e) {
        expected = null;
      }
      TextMatcher matcher = TextMatcher.compileOrNull(expression);
      Boolean actual = matcher == null ? null : (Boolean) matcher.matches(text);
      assertThat(actual).as("%s on %s", expression, text).isEqualTo(expected);
    }
  }

  private static String text(Random random, String alphabet, int maxLength) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(maxLength + 1); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  void knowsBothWaysToNameAGroup() {
    assertThat(TextMatcher.compile("(?<name>a+)b").matches("aab")).isTrue();
    assertThat(TextMatcher.compile("(?P<name>a+)b").matches("aab")).isTrue();
    assertThat(TextMatcher.compile("[(?<x>]+").matches("(?<x>")).isTrue();
  }

  @Test
  void rejectsWhatRe2Rejects() {
    for (String expression : new String[] {"(?=x)", "(?<=x)y", "a**", "\\1", "[", "("}) {
      assertThatThrownBy(() -> TextMatcher.compile(expression))
          .isInstanceOf(TraceQlException.Invalid.class)
          .hasMessage("invalid regex: `" + expression + "`");
    }
  }
}
