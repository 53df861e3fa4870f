package io.vivace.storage.azure;

import io.vivace.storage.remote.Percent;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A request before it is signed.
final class AzureRequest {
  private final String method;
  private final URI base;
  private final String path;
  private final SortedMap<String, String> parameters = new TreeMap<>();
  private final SortedMap<String, String> headers = new TreeMap<>();
  private final BodyPublisher body;
  private final long length;

  /// @param path the encoded path
  AzureRequest(String method, URI base, String path, BodyPublisher body, long length) {
    this.method = method;
    this.base = base;
    this.path = path;
    this.body = body;
    this.length = length;
  }

  AzureRequest parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  /// @param name in lower case
  AzureRequest header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  long length() {
    return length;
  }

  SortedMap<String, String> parameters() {
    return parameters;
  }

  SortedMap<String, String> headers() {
    return headers;
  }

  HttpRequest toHttp() {
    String origin = base.getScheme() + "://" + base.getAuthority();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path + Percent.query(parameters)))
            .method(method, body);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request.header(header.getKey(), header.getValue());
    }
    return request.build();
  }
}
