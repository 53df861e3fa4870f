package io.vivace.storage.azure;

import io.vivace.storage.ObjectStore.Listed;
import io.vivace.storage.remote.Listing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads an answer to "List Blobs".
final class BlobListing {
  private static final XMLInputFactory XML = factory();

  private BlobListing() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /// The names of a page.
  ///
  /// @throws IOException when the text is no such answer
  static Listing.Page parse(byte[] xml) throws IOException {
    try {
      XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(xml));
      List<Listed> names = new ArrayList<>();
      String marker = "";
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          switch (reader.getLocalName()) {
            case "Blob", "BlobPrefix" -> names.add(blob(reader, reader.getLocalName()));
            case "NextMarker" -> marker = reader.getElementText();
            default -> {
              // what we did not ask about
            }
          }
        }
      }
      return new Listing.Page(names, marker.isEmpty() ? null : marker);
    } catch (XMLStreamException | RuntimeException e) {
      throw new IOException("list: not readable (expected: XML of List Blobs)", e);
    }
  }

  private static Listed blob(XMLStreamReader reader, String element) throws XMLStreamException {
    String name = "";
    Instant modified = null;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(element)) {
        break;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (reader.getLocalName().equals("Name")) {
          boolean encoded = "true".equals(reader.getAttributeValue(null, "Encoded"));
          String text = reader.getElementText();
          name = encoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
        } else if (reader.getLocalName().equals("Last-Modified")) {
          modified = time(reader.getElementText());
        }
      }
    }
    return new Listed(name, modified);
  }

  /// A time of an HTTP header, null when it is none.
  static @Nullable Instant time(String text) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
