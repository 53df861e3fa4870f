package io.vivace.storage.azure;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import io.vivace.storage.remote.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Signs requests with access tokens, which Microsoft's library fetches and keeps until they
/// expire.
public final class AzureTokens implements AzureSigner {
  private static final String RESOURCE = "https://storage.azure.com/";
  private static final long PATIENCE_SECONDS = 30;

  @FunctionalInterface
  private interface Source {
    CompletableFuture<IAuthenticationResult> token() throws Exception;
  }

  private final Source source;

  private AzureTokens(Source source) {
    this.source = source;
  }

  /// Tokens of the machine's identity.
  ///
  /// @param clientId of an identity that a user assigned; empty for the system's
  public static AzureTokens managedIdentity(String clientId) {
    ManagedIdentityApplication application =
        ManagedIdentityApplication.builder(
                clientId.isEmpty()
                    ? ManagedIdentityId.systemAssigned()
                    : ManagedIdentityId.userAssignedClientId(clientId))
            .build();
    ManagedIdentityParameters parameters = ManagedIdentityParameters.builder(RESOURCE).build();
    return new AzureTokens(() -> application.acquireTokenForManagedIdentity(parameters));
  }

  /// Tokens for the one that the cluster vouches for: `AZURE_CLIENT_ID`, `AZURE_TENANT_ID`,
  /// `AZURE_FEDERATED_TOKEN_FILE`, `AZURE_AUTHORITY_HOST`.
  ///
  /// @param environment gives a variable of the environment, null when it is not set
  public static AzureTokens federated(UnaryOperator<@Nullable String> environment) {
    String client = required(environment, "AZURE_CLIENT_ID");
    String tenant = required(environment, "AZURE_TENANT_ID");
    Path file = Path.of(required(environment, "AZURE_FEDERATED_TOKEN_FILE"));
    String host = environment.apply("AZURE_AUTHORITY_HOST");
    String authority =
        (host == null || host.isEmpty() ? "https://login.microsoftonline.com" : host)
            .replaceAll("/+$", "");
    try {
      ConfidentialClientApplication application =
          ConfidentialClientApplication.builder(
                  client,
                  ClientCredentialFactory.createFromCallback(() -> Files.readString(file).strip()))
              .authority(authority + "/" + tenant + "/")
              .build();
      ClientCredentialParameters parameters =
          ClientCredentialParameters.builder(Set.of(RESOURCE + ".default")).build();
      return new AzureTokens(() -> application.acquireToken(parameters));
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("AZURE_AUTHORITY_HOST: " + host + " (expected: a URL)", e);
    }
  }

  private static String required(UnaryOperator<@Nullable String> environment, String name) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(
          "storage.trace.azure.use_federated_token: true (expected: the variable "
              + name
              + " is set)");
    }
    return value;
  }

  @Override
  public void sign(AzureRequest request) throws IOException {
    request.header("authorization", "Bearer " + token());
  }

  private String token() throws IOException {
    try {
      return source.token().get(PATIENCE_SECONDS, TimeUnit.SECONDS).accessToken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("access token: interrupted");
    } catch (ExecutionException e) {
      throw none(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw none(e);
    } catch (Exception e) {
      throw none(e);
    }
  }

  private static StoreException none(Throwable cause) {
    return new StoreException(
        StoreException.Kind.THROTTLED, 0, "no access token: " + cause.getMessage(), null, cause);
  }
}
