package io.vivace.storage.azure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests with the key of the account. Source: Microsoft's "Authorize with Shared Key".
public final class SharedKey implements AzureSigner {
  private static final String ALGORITHM = "HmacSHA256";

  /// Headers that are signed by their values alone, in this order, the length left out.
  private static final String[] PLAIN = {
    "content-md5",
    "content-type",
    "date",
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range"
  };

  private final String account;
  private final SecretKeySpec key;

  /// @param key as the portal shows it, in base 64
  public SharedKey(String account, String key) {
    this.account = account;
    try {
      this.key = new SecretKeySpec(Base64.getDecoder().decode(key), ALGORITHM);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "storage.trace.azure.storage_account_key: not base 64 (expected: a key of the account)",
          e);
    }
  }

  @Override
  public void sign(AzureRequest request) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] signature = mac.doFinal(textToSign(request).getBytes(StandardCharsets.UTF_8));
      request.header(
          "authorization",
          "SharedKey " + account + ":" + Base64.getEncoder().encodeToString(signature));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM, e);
    }
  }

  String textToSign(AzureRequest request) {
    StringBuilder text = new StringBuilder(request.method()).append("\n\n\n");
    text.append(request.length() == 0 ? "" : request.length()).append('\n');
    for (String name : PLAIN) {
      text.append(request.headers().getOrDefault(name, "")).append('\n');
    }
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (header.getKey().startsWith("x-ms-")) {
        text.append(header.getKey()).append(':').append(header.getValue().strip()).append('\n');
      }
    }
    text.append('/').append(account).append(request.path());
    for (Map.Entry<String, String> parameter : request.parameters().entrySet()) {
      text.append('\n').append(parameter.getKey()).append(':').append(parameter.getValue());
    }
    return text.toString();
  }
}
