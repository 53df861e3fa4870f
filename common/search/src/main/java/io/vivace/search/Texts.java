package io.vivace.search;

import io.vivace.wire.tempopb.MetadataMetrics;

/// What the collectors share.
final class Texts {
  private Texts() {}

  /// Length in bytes; a text with half a surrogate pair counts its characters.
  static int utf8Length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }

  static MetadataMetrics sum(MetadataMetrics a, MetadataMetrics b) {
    return MetadataMetrics.newBuilder()
        .setInspectedBytes(a.getInspectedBytes() + b.getInspectedBytes())
        .setTotalJobs(a.getTotalJobs() + b.getTotalJobs())
        .setCompletedJobs(a.getCompletedJobs() + b.getCompletedJobs())
        .setTotalBlocks(a.getTotalBlocks() + b.getTotalBlocks())
        .setTotalBlockBytes(a.getTotalBlockBytes() + b.getTotalBlockBytes())
        .build();
  }
}
