package io.vivace.service.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Finds the known word that a mistyped one was meant to be.
final class Nearest {
  private Nearest() {}

  /// The candidate with the fewest edits from `word`, or null when none is near: at most a third of
  /// the letters, or two.
  static @Nullable String to(String word, Collection<String> candidates) {
    int limit = Math.max(2, word.length() / 3);
    String best = null;
    for (String candidate : candidates) {
      int distance = distance(word, candidate);
      if (distance <= limit) {
        best = candidate;
        limit = distance - 1;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int edit = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : diagonal + 1;
        diagonal = row[j];
        row[j] = Math.min(edit, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
