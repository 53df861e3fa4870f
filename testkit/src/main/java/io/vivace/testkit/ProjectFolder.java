package io.vivace.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds folders of the project from whichever module a test runs in.
public final class ProjectFolder {
  private ProjectFolder() {}

  /// The folder `name` of the project's root.
  ///
  /// @throws IllegalStateException when a test runs outside of the project
  public static Path of(String name) {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("clients"))
          && Files.isDirectory(folder.resolve("all"))) {
        return folder.resolve(name);
      }
    }
    throw new IllegalStateException(start + " (expected: a folder of the project)");
  }
}
