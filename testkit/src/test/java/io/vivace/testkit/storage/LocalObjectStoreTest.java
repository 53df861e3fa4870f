package io.vivace.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreTest extends ObjectStoreContract {
  @TempDir private Path root;

  @Override
  protected ObjectStore emptyStore() {
    return new LocalObjectStore(root.resolve("store"));
  }

  @Override
  protected int sizeOfSeveralParts() {
    return 1 << 20;
  }

  @Override
  protected boolean writesConditionally() {
    return false;
  }

  @Test
  void staysInsideOfItsFolder() throws IOException {
    ObjectStore store = emptyStore();
    Files.writeString(root.resolve("secret"), "x");
    for (String name : List.of("../secret", "a/../../secret", "/etc/passwd", "", "a\0b")) {
      assertThatThrownBy(() -> store.read(name)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void leavesNothingBehindWhenAWriteFails() throws IOException {
    ObjectStore store = emptyStore();
    store.write("folder/object", new byte[1]);
    assertThatThrownBy(() -> store.write("folder", new byte[1])).isInstanceOf(IOException.class);
    try (var files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void doesNotTakeAFolderForAnObject() throws IOException {
    ObjectStore store = emptyStore();
    store.write("folder/object", new byte[1]);
    assertThatThrownBy(() -> store.read("folder")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.size("folder")).isInstanceOf(NoSuchFileException.class);
  }
}
