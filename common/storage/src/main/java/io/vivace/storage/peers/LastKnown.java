package io.vivace.storage.peers;

import io.vivace.storage.ObjectStore.Listed;
import io.vivace.storage.peers.Holders.Holder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What was last seen of the holders: who had a folder, and what each of them listed.
final class LastKnown {
  private static final int MAX_FOLDERS = 20_000;

  /// A list for each holder and tenant.
  private static final int MAX_LISTS = 2_000;

  private record Asked(String address, String prefix, boolean deep) {}

  private final Map<String, String> folders = Collections.synchronizedMap(bounded(MAX_FOLDERS));
  private final Map<Asked, List<Listed>> lists = Collections.synchronizedMap(bounded(MAX_LISTS));

  private static <K, V> Map<K, V> bounded(int max) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
      }
    };
  }

  void has(String folder, String address) {
    folders.put(folder, address);
  }

  /// The holders, beginning with the one that had the folder, then this process' own disk.
  List<Holder> order(String folder, List<Holder> holders) {
    String last = folders.get(folder);
    List<Holder> order = new ArrayList<>(holders);
    order.sort((a, b) -> Integer.compare(rank(a, last), rank(b, last)));
    return order;
  }

  private static int rank(Holder holder, @Nullable String last) {
    if (holder.address().equals(last)) {
      return 0;
    }
    return holder.isLocal() ? 1 : 2;
  }

  void listed(String address, String prefix, boolean deep, List<Listed> found) {
    lists.put(new Asked(address, prefix, deep), List.copyOf(found));
  }

  @Nullable List<Listed> lastList(String address, String prefix, boolean deep) {
    return lists.get(new Asked(address, prefix, deep));
  }

  /// A number that is as good as random, and the same for the same two texts.
  static long weight(String folder, String address) {
    CRC32C sum = new CRC32C();
    sum.update((folder + "\n" + address).getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }
}
