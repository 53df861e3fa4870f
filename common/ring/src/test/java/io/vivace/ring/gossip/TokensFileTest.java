package io.vivace.ring.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensFileTest {
  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    TokensFile file = new TokensFile(folder.resolve("below/tokens.json"));
    assertThat(file.read()).isEmpty();
    TokensFile.Content content = new TokensFile.Content(Tokens.of(-1, 0, 5), 7);
    file.write(content);
    assertThat(file.read()).contains(content);
    assertThat(folder.resolve("below/tokens.json"))
        .content()
        .isEqualTo("{\"tokens\":[0,5,4294967295],\"epoch\":7}");
  }

  @Test
  void readsTemposFile() throws IOException {
    Path path = folder.resolve("tokens.json");
    Files.writeString(path, "{\"tokens\":[4294967295, 1]}");
    assertThat(new TokensFile(path).read()).contains(new TokensFile.Content(Tokens.of(1, -1), 0));
  }

  @Test
  void refusesWhatIsNoSuchFile() throws IOException {
    Path path = folder.resolve("tokens.json");
    for (String text :
        new String[] {"", "[]", "{}", "{\"tokens\":[-1]}", "{\"tokens\":[4294967296]}", "{\"tok"}) {
      Files.writeString(path, text);
      assertThatThrownBy(() -> new TokensFile(path).read())
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected:");
    }
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    Path path = folder.resolve("tokens.json");
    Random random = new Random(5);
    byte[] good = "{\"tokens\":[1,2,3000000000],\"epoch\":4}".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      Files.write(path, bytes);
      try {
        assertThat(new TokensFile(path).read()).isPresent();
      } catch (IOException e) {
        assertThat(e).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void drawsOnlyWhatIsMissingAndNotTaken() {
    Tokens kept = Tokens.of(1, 2, 3);
    Tokens more = kept.resized(5, Set.of(9), new Random(1));
    assertThat(more.size()).isEqualTo(5);
    assertThat(more.contains(1) && more.contains(2) && more.contains(3)).isTrue();
    assertThat(more.contains(9)).isFalse();
    assertThat(more.resized(2, Set.of(), new Random(1)).size()).isEqualTo(2);
  }
}
