package io.vivace.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.storage.ObjectStore.Listed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListingTest {
  private final TreeSet<String> objects = new TreeSet<>();
  private final AtomicInteger requests = new AtomicInteger();

  /// Answers like S3: pages of `size`, the next page named by its first name.
  private Listing.Pages pages(int size) {
    return (prefix, oneLevel, next, after) -> {
      requests.incrementAndGet();
      List<Listed> found = new ArrayList<>();
      for (String name : visible(prefix, oneLevel, after)) {
        if (next != null && name.compareTo(next) < 0) {
          continue;
        }
        if (found.size() == size) {
          return new Listing.Page(found, name);
        }
        found.add(new Listed(name, null));
      }
      return new Listing.Page(found, null);
    };
  }

  private SortedSet<String> visible(String prefix, boolean oneLevel, @Nullable String after) {
    TreeSet<String> names = new TreeSet<>();
    for (String object : objects) {
      if (object.startsWith(prefix) && (after == null || object.compareTo(after) > 0)) {
        int slash = oneLevel ? object.indexOf('/', prefix.length()) : -1;
        names.add(slash < 0 ? object : object.substring(0, slash + 1));
      }
    }
    return names;
  }

  @Test
  void findsEveryNameOnceWhateverTheRanges() throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    for (int round = 0; round < 200; round++) {
      objects.clear();
      int count = random.nextInt(60);
      for (int i = 0; i < count; i++) {
        String block =
            random.nextInt(5) == 0
                ? Integer.toHexString(random.nextInt(300))
                : new UUID(random.nextLong(), random.nextLong()).toString();
        objects.add("tenant/" + block + (random.nextBoolean() ? "/meta.json" : "/data"));
        objects.add("tenant/" + block + "x");
      }
      objects.add("tenant/");
      objects.add("tenant-2/other");
      int concurrency = 1 + random.nextInt(20);
      Listing listing = new Listing(pages(1 + random.nextInt(20)), concurrency);
      SortedSet<String> expected = visible("tenant/", true, null);
      expected.remove("tenant/");
      assertThat(listing.names("tenant/"))
          .as("round %d", round)
          .containsExactlyElementsOf(expected);
      List<String> walked = new ArrayList<>();
      listing.walk("tenant/", listed -> walked.add(listed.name()));
      SortedSet<String> all = visible("tenant/", false, null);
      all.remove("tenant/");
      assertThat(walked).as("round %d", round).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void asksOnceForWhatFitsOnAPage() throws IOException {
    objects.add("tenant/a/meta.json");
    assertThat(new Listing(pages(1000), 8).names("tenant/")).containsExactly("tenant/a/");
    assertThat(requests).hasValue(1);
  }

  @Test
  void failsWhenOneRangeFails() {
    for (int i = 0; i < 256; i++) {
      objects.add("t/%02x/meta.json".formatted(i));
    }
    Listing.Pages good = pages(10);
    Listing listing =
        new Listing(
            (prefix, oneLevel, next, after) -> {
              if (after != null && after.startsWith("t/8")) {
                throw new IOException("reset");
              }
              return good.page(prefix, oneLevel, next, after);
            },
            4);
    assertThatThrownBy(() -> listing.names("t/"))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
  }
}
