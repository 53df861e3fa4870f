package io.vivace.service.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the file with the limits of single tenants: `overrides: {tenant: {…}}`, in the nested or
/// the flat spelling.
///
/// An entry replaces the defaults as a whole: what it leaves out is zero, as in Tempo; with
/// `overrides.inherit_defaults` it is the default.
public final class TenantLimits {
  private final Limits base;

  /// @param defaults the limits of tenants without an entry
  /// @param inherit whether an entry keeps the defaults that it does not mention
  public TenantLimits(Limits defaults, boolean inherit) {
    this.base = inherit ? defaults : Zero.of(defaults);
  }

  /// The limits by tenant, in the order of the file.
  ///
  /// @param text the file, with variables not yet expanded
  /// @param variables the environment to expand them from, or null to leave the text as it is
  /// @throws ConfigException with every problem found; then nothing of the file may be used
  public Map<String, Limits> parse(
      String text, @Nullable Function<String, @Nullable String> variables) throws ConfigException {
    Tree.Mapping root =
        TreeReader.read(variables == null ? text : Environment.expand(text, variables));
    Binder binder = new Binder(false);
    Map<String, Limits> result = new LinkedHashMap<>();
    for (Map.Entry<String, Tree> section : root.entries().entrySet()) {
      if (!section.getKey().equals("overrides")) {
        throw new ConfigException("unknown key " + section.getKey() + ", did you mean overrides?");
      }
      if (section.getValue() instanceof Tree.Mapping tenants) {
        tenants
            .entries()
            .forEach((tenant, limits) -> result.put(tenant, bind(binder, tenant, limits)));
      } else if (!section.getValue().absent()) {
        throw new ConfigException("overrides: (expected: a mapping of tenants)");
      }
    }
    if (!binder.problems().isEmpty()) {
      throw new ConfigException(binder.problems());
    }
    return result;
  }

  private Limits bind(Binder binder, String tenant, Tree limits) {
    Tree nested = limits instanceof Tree.Mapping flat ? LegacyOverrides.nest(flat) : limits;
    return binder.bind(Limits.class, nested, base, "overrides." + tenant);
  }
}
