package io.vivace.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vivace.storage.ObjectStore.Listed;
import io.vivace.storage.remote.Listing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlobListingTest {
  private static final byte[] ANSWER =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <EnumerationResults ContainerName="c"><Prefix>t/</Prefix><Delimiter>/</Delimiter><Blobs>
      <Blob><Name>t/index.json.gz</Name><Properties>
      <Last-Modified>Tue, 24 Nov 2026 20:00:01 GMT</Last-Modified><Etag>0x1</Etag>
      </Properties></Blob>
      <Blob><Name Encoded="true">t/a%EF%BF%BE%20b</Name></Blob>
      <BlobPrefix><Name>t/1/</Name></BlobPrefix>
      </Blobs><NextMarker>more</NextMarker></EnumerationResults>
      """
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void readsNamesTimesAndWhereItGoesOn() throws IOException {
    Listing.Page page = BlobListing.parse(ANSWER);
    assertThat(page.names())
        .containsExactly(
            new Listed("t/index.json.gz", Instant.parse("2026-11-24T20:00:01Z")),
            new Listed("t/a\uFFFE b", null),
            new Listed("t/1/", null));
    assertThat(page.next()).isEqualTo("more");
  }

  @Test
  void readsNoEntities() {
    String xml =
        "<!DOCTYPE x [<!ENTITY e SYSTEM"
            + " 'file:///etc/passwd'>]><r><Blob><Name>&e;</Name></Blob></r>";
    assertThatCode(
            () -> {
              Listing.Page page = BlobListing.parse(xml.getBytes(StandardCharsets.UTF_8));
              assertThat(page.names()).noneMatch(listed -> listed.name().contains("root"));
            })
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isNull(),
            thrown -> assertThat(thrown).isInstanceOf(IOException.class));
  }

  @Test
  void answersDamageWithAnIoException() {
    SplittableRandom random = new SplittableRandom(20261124);
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = ANSWER.clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
      byte[] text = java.util.Arrays.copyOf(damaged, length);
      try {
        assertThat(BlobListing.parse(text).names()).hasSizeLessThan(10);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("not readable");
      }
    }
  }
}
