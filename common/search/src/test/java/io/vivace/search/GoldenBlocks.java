package io.vivace.search;

import io.vivace.block.BlockMeta;
import io.vivace.block.BlockReader;
import io.vivace.block.ByteArrayRangeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The recorded blocks.
final class GoldenBlocks {
  private GoldenBlocks() {}

  /// Those that this version reads and that have cases of search, such as `handmade/v4-2.9`.
  static List<String> variants() {
    Path root = folder();
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files
          .filter(file -> file.endsWith("search.jsonl"))
          .map(file -> root.relativize(file.getParent()).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BlockReader open(String variant) throws IOException {
    Path block = block(variant);
    return BlockReader.open(
        meta(variant),
        new ByteArrayRangeReader(data(variant)),
        shard -> Files.readAllBytes(block.resolve("bloom-" + shard)));
  }

  static BlockMeta meta(String variant) throws IOException {
    return BlockMeta.parse(Files.readAllBytes(block(variant).resolve("meta.json")), variant);
  }

  static byte[] data(String variant) throws IOException {
    return Files.readAllBytes(block(variant).resolve("data.parquet"));
  }

  private static Path block(String variant) throws IOException {
    Path tenant = folder().resolve(variant).resolve("store").resolve("single-tenant");
    try (Stream<Path> blocks = Files.list(tenant)) {
      return blocks.findFirst().orElseThrow();
    }
  }

  private static Path folder() {
    String folder = System.getProperty("golden.dir", "");
    if (!folder.isEmpty()) {
      return Path.of(folder, "blocks");
    }
    try {
      URI uri =
          Objects.requireNonNull(GoldenBlocks.class.getResource("/golden/blocks"), "blocks")
              .toURI();
      return Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
