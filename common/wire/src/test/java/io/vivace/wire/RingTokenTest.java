package io.vivace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RingTokenTest {
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"tenant\":\"([^\"]*)\",\"traceId\":\"([0-9a-f]*)\",\"ringToken\":(\\d+),\"fnv1_32\":(\\d+),.*");

  @Test
  void hashesLikeTempo() throws IOException {
    int wholeIds = 0;
    for (String line : lines()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      byte[] id = HexFormat.of().parseHex(matcher.group(2));
      assertThat(Integer.toUnsignedLong(Fnv.hash32(id)))
          .as(line)
          .isEqualTo(Long.parseLong(matcher.group(4)));
      if (id.length == TraceId.BYTES) {
        wholeIds++;
        assertThat(Integer.toUnsignedLong(Fnv.ringToken(matcher.group(1), TraceId.of(id))))
            .as(line)
            .isEqualTo(Long.parseLong(matcher.group(3)));
      }
    }
    assertThat(wholeIds).isPositive();
  }

  private static List<String> lines() throws IOException {
    String given = System.getProperty("golden.dir", "");
    Path folder = Path.of(given.isEmpty() ? "src/test/resources/golden" : given);
    return Files.readAllLines(folder.resolve("ids/tokens.jsonl"));
  }
}
