package io.vivace.service.overrides;

import io.vivace.service.config.ConfigException;
import io.vivace.service.config.Limits;
import io.vivace.service.config.TenantLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Limits from the defaults and from a file per tenant. [#reload()] reads the file again; a file
/// that is wrong leaves the limits as they were.
public final class FileOverrides implements Overrides {
  private static final Logger LOG = LoggerFactory.getLogger(FileOverrides.class);
  private static final String WILDCARD = "*";

  private final Limits defaults;
  private final @Nullable Path file;
  private final TenantLimits parser;
  private final @Nullable Function<String, @Nullable String> variables;
  private volatile State state = new State(Map.of(), "", true);

  private record State(Map<String, Limits> limits, String hash, boolean successful) {}

  /// @param defaults limits of tenants without an entry
  /// @param file the file with the entries, or null for none
  /// @param inherit whether entries keep defaults that they do not mention
  /// @param variables the environment when the file is to be expanded, else null
  public FileOverrides(
      Limits defaults,
      @Nullable Path file,
      boolean inherit,
      @Nullable Function<String, @Nullable String> variables) {
    this.defaults = defaults;
    this.file = file;
    this.parser = new TenantLimits(defaults, inherit);
    this.variables = variables;
  }

  /// Reads the file when there is one, and uses it when it changed and is right.
  ///
  /// @throws ConfigException when the file cannot be read or is wrong; the old limits stay
  public synchronized void load() throws ConfigException {
    if (file == null) {
      return;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      String hash = sha256(bytes);
      if (!hash.equals(state.hash)) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        state = new State(Map.copyOf(parser.parse(text, variables)), hash, true);
      } else if (!state.successful) {
        state = new State(state.limits, hash, true);
      }
    } catch (IOException e) {
      state = new State(state.limits, state.hash, false);
      throw new ConfigException(
          "overrides.per_tenant_override_config: " + file + " (expected: a file to read): " + e);
    } catch (ConfigException e) {
      state = new State(state.limits, state.hash, false);
      throw e;
    }
  }

  /// As [#load()], but a failure is logged: for the loop that watches the file.
  public void reload() {
    String before = state.hash;
    try {
      load();
      if (!before.equals(state.hash)) {
        LOG.atInfo()
            .addKeyValue("file", file)
            .addKeyValue("sha256", state.hash)
            .log("overrides loaded");
      }
    } catch (ConfigException e) {
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("err", e.getMessage())
          .log("overrides not loaded, the old ones stay");
    }
  }

  @Override
  public Limits limits(String tenant) {
    Map<String, Limits> limits = state.limits;
    Limits own = limits.get(tenant);
    if (own == null) {
      own = limits.get(WILDCARD);
    }
    return own == null ? defaults : own;
  }

  @Override
  public Set<String> tenants() {
    return state.limits.keySet();
  }

  /// The limits of tenants without an entry.
  public Limits defaults() {
    return defaults;
  }

  /// SHA-256 of the file in use, in hex; empty when there is none.
  public String hash() {
    return state.hash;
  }

  /// Whether the last reading worked.
  public boolean successful() {
    return state.successful;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
