package io.vivace.service.tenant;

import io.grpc.Context;
import io.grpc.Metadata;
import io.vivace.service.error.ErrorCode;
import io.vivace.service.error.ServiceException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the tenant of a request. Without multitenancy every request belongs to [#SINGLE_TENANT],
/// whatever it says. Rules and texts: Tempo 2.9, dskit `tenant`.
public final class Tenants {
  /// HTTP header with the tenant.
  public static final String HEADER = "X-Scope-OrgID";

  /// The tenant of a server without multitenancy.
  public static final String SINGLE_TENANT = "single-tenant";

  /// gRPC metadata with the tenant.
  public static final Metadata.Key<String> METADATA =
      Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

  /// The tenant of the gRPC call that this thread handles; also what internal channels pass on.
  public static final Context.Key<String> CURRENT = Context.key("tenant");

  private static final String NO_TENANT = "no org id";
  private static final int LONGEST = 150;

  private final boolean multitenancy;

  /// @param multitenancy whether requests name their tenant
  public Tenants(boolean multitenancy) {
    this.multitenancy = multitenancy;
  }

  /// Whether requests name their tenant.
  public boolean multitenancy() {
    return multitenancy;
  }

  /// The tenant of a request whose header is `header`, exactly as the client wrote it: it may be a
  /// federated `a|b`.
  ///
  /// @throws ServiceException NO_TENANT when the header is missing or empty
  public String require(@Nullable String header) {
    if (!multitenancy) {
      return SINGLE_TENANT;
    }
    if (header == null || header.isEmpty()) {
      throw new ServiceException(ErrorCode.NO_TENANT, NO_TENANT);
    }
    return header;
  }

  /// The tenant of a write, which belongs to exactly one.
  ///
  /// @throws ServiceException NO_TENANT, or INVALID_ARGUMENT for an id that is not allowed
  public String requireOne(@Nullable String header) {
    return validate(require(header));
  }

  /// The tenants of a read: the members of `a|b|c`, each once, sorted.
  ///
  /// @throws ServiceException NO_TENANT, or INVALID_ARGUMENT for a member that is not allowed
  public List<String> requireAll(@Nullable String header) {
    TreeSet<String> members = new TreeSet<>();
    for (String member : require(header).split("\\|", -1)) {
      members.add(validate(member));
    }
    return List.copyOf(members);
  }

  /// Gives `tenant` back when it is allowed: 1 to 150 of `a-z A-Z 0-9 ! - _ . * ' ( )`, not `.` or
  /// `..`.
  ///
  /// @throws ServiceException INVALID_ARGUMENT with dskit's text
  public static String validate(String tenant) {
    if (tenant.isEmpty()) {
      throw invalid(NO_TENANT);
    }
    for (int at = 0; at < tenant.length(); at = tenant.offsetByCodePoints(at, 1)) {
      int character = tenant.codePointAt(at);
      if (!allowed(character)) {
        throw invalid(
            "tenant ID '"
                + tenant
                + "' contains unsupported character '"
                + Character.toString(character)
                + "'");
      }
    }
    if (tenant.length() > LONGEST) {
      throw invalid("tenant ID is too long: max " + LONGEST + " characters");
    }
    if (tenant.equals(".") || tenant.equals("..")) {
      throw invalid("tenant ID is '.' or '..'");
    }
    return tenant;
  }

  private static boolean allowed(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || (character < 128 && "!-_.*'()".indexOf(character) >= 0);
  }

  private static ServiceException invalid(String text) {
    return new ServiceException(ErrorCode.INVALID_ARGUMENT, text);
  }
}
