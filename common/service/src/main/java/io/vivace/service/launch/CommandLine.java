package io.vivace.service.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command line in the syntax of Go's flags: `-x=v`, `-x v`, `--x=v`; a truth value may stand
/// alone.
///
/// @param file value of `-config.file`, or null
/// @param settings configuration keys and values
/// @param ignored flags that do nothing here
record CommandLine(
    @Nullable String file,
    boolean expandEnvironment,
    boolean verify,
    boolean version,
    boolean help,
    Map<String, String> settings,
    Map<String, String> ignored) {

  /// Reads `arguments`.
  ///
  /// @throws UsageException for an unknown flag or a missing value, in Go's words
  static CommandLine parse(String[] arguments, Flags flags) throws UsageException {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.length() < 2 || argument.charAt(0) != '-') {
        throw new UsageException(argument + " (expected: a flag such as -config.file=tempo.yaml)");
      }
      String text = argument.substring(argument.startsWith("--") ? 2 : 1);
      int equals = text.indexOf('=');
      Flag flag = flags.get(equals < 0 ? text : text.substring(0, equals));
      if (flag == null) {
        throw new UsageException(
            "flag provided but not defined: -" + (equals < 0 ? text : text.substring(0, equals)));
      }
      if (equals >= 0) {
        given.put(flag.name(), text.substring(equals + 1));
      } else if (flag.truth()) {
        given.put(flag.name(), "true");
      } else if (i + 1 < arguments.length) {
        given.put(flag.name(), arguments[++i]);
      } else {
        throw new UsageException("flag needs an argument: -" + flag.name());
      }
    }
    return of(given, flags);
  }

  private static CommandLine of(Map<String, String> given, Flags flags) throws UsageException {
    Map<String, String> settings = new LinkedHashMap<>();
    Map<String, String> ignored = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      Flag flag = flags.get(entry.getKey());
      String value = entry.getValue();
      if (flag != null && flag.truth()) {
        value = String.valueOf(truth(entry.getKey(), value));
      }
      if (flag != null && flag.key() != null) {
        settings.put(flag.key(), value);
      } else {
        ignored.put(entry.getKey(), value);
      }
    }
    String file = ignored.remove(Flags.CONFIG_FILE);
    boolean shortHelp = taken(ignored, "h");
    return new CommandLine(
        file == null || file.isEmpty() ? null : file,
        taken(ignored, Flags.EXPAND),
        taken(ignored, Flags.VERIFY),
        taken(ignored, Flags.VERSION),
        taken(ignored, Flags.HELP) || shortHelp,
        settings,
        ignored);
  }

  private static boolean taken(Map<String, String> given, String name) throws UsageException {
    String value = given.remove(name);
    return value != null && truth(name, value);
  }

  /// Go's `strconv.ParseBool`.
  private static boolean truth(String name, String value) throws UsageException {
    return switch (value) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "0", "f", "F", "FALSE", "false", "False" -> false;
      default -> throw new UsageException("invalid boolean value \"" + value + "\" for -" + name);
    };
  }
}
