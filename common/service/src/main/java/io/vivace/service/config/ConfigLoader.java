package io.vivace.service.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Loads a configuration file: built-in default, then the file, then settings from the command
/// line, the later ones winning.
public final class ConfigLoader {
  private final Function<String, @Nullable String> variables;

  /// @param variables the environment, by name; null for a variable that is not set
  public ConfigLoader(Function<String, @Nullable String> variables) {
    this.variables = variables;
  }

  /// The result of loading.
  ///
  /// @param config the configuration
  /// @param withoutEffect keys that were set, are known, and that nothing here uses
  public record Loaded(TempoConfig config, List<String> withoutEffect) {}

  /// The built-in defaults of Tempo, without any file.
  public static TempoConfig defaults() {
    return Defaults.config();
  }

  /// Loads `file`, or the built-in file for a single process with data below `./data` when it is
  /// null.
  ///
  /// @param settings dotted keys and values from the command line
  /// @throws ConfigException with every problem found
  public Loaded load(@Nullable Path file, boolean expandEnvironment, Map<String, String> settings)
      throws ConfigException {
    if (file == null) {
      return parse(Defaults.withoutFile(), settings);
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ConfigException("config.file: " + file + " (expected: UTF-8 text)", e);
    } catch (IOException e) {
      throw new ConfigException("config.file: " + file + " (expected: a file to read)", e);
    }
    return parse(expandEnvironment ? Environment.expand(text, variables) : text, settings);
  }

  /// Binds the text of a configuration file.
  ///
  /// @throws ConfigException with every problem found
  public static Loaded parse(String text, Map<String, String> settings) throws ConfigException {
    Tree.Mapping root = TreeReader.read(text);
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
      root = Settings.with(root, setting.getKey(), setting.getValue());
    }
    root = LegacyOverrides.modernize(root, problems);
    Binder binder = new Binder(false);
    TempoConfig config = binder.bind(TempoConfig.class, root, Defaults.config(), "");
    problems.addAll(binder.problems());
    problems.addAll(Validation.problems(config));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    List<String> withoutEffect = new ArrayList<>(binder.withoutEffect());
    withoutEffect.addAll(KeysWithoutEffect.in(root));
    return new Loaded(config, withoutEffect.stream().distinct().sorted().toList());
  }
}
