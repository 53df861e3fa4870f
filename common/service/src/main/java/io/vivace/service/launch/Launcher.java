package io.vivace.service.launch;

import io.vivace.service.config.ConfigException;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.log.Logs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a process from its command line: reads flags and file, starts the target, waits for the
/// stop, stops in order.
public final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  /// System property of a run that stops as soon as it is up: it records the classes for the cache
  /// of the next start.
  private static final String TRAINING = "vivace.training";

  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  private final Catalog catalog;
  private final Function<String, @Nullable String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final Flags flags = new Flags();

  /// @param environment variables by name
  /// @param out for what was asked for: version, help, the banner
  /// @param err for problems
  public Launcher(
      Catalog catalog,
      Function<String, @Nullable String> environment,
      PrintStream out,
      PrintStream err) {
    this.catalog = catalog;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /// The main method of every launcher; ends the JVM.
  public static void main(String[] arguments, Catalog catalog) {
    Launcher launcher = new Launcher(catalog, System::getenv, System.out, System.err);
    ProcessSignals signals = new ProcessSignals();
    int code = launcher.run(arguments, signals);
    signals.stopped();
    System.out.flush();
    System.err.flush();
    signals.exit(code);
  }

  /// As [#main(String[], Catalog)] for one service: `-target` may be given, but only that one.
  public static void main(String[] arguments, Target target, Class<?> service) {
    String[] all = new String[arguments.length + 1];
    all[0] = "-target=" + target.text();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    main(all, Catalog.of(target, service));
  }

  /// Runs until the stop and gives the exit code: 0 as asked, 1 for a failure, 2 for a wrong
  /// command line.
  int run(String[] arguments, Signals signals) {
    CommandLine line;
    try {
      line = CommandLine.parse(arguments, flags);
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.println(flags.usage());
      return USAGE;
    }
    if (line.help()) {
      out.println(flags.usage());
      return 0;
    }
    if (line.version()) {
      out.print(BuildInfo.current().text());
      return 0;
    }
    try {
      ConfigLoader.Loaded loaded = load(line);
      return line.verify() ? verify(loaded) : serve(line, loaded, signals);
    } catch (ConfigException e) {
      err.println("configuration: " + e.problems().size() + " problem(s)");
      e.problems().forEach(problem -> err.println("  " + problem));
      return FAILURE;
    }
  }

  private ConfigLoader.Loaded load(CommandLine line) throws ConfigException {
    Map<String, String> settings = new HashMap<>(line.settings());
    Path file = line.file() == null ? null : Path.of(line.file());
    return new ConfigLoader(environment).load(file, line.expandEnvironment(), settings);
  }

  private int verify(ConfigLoader.Loaded loaded) {
    List<String> warnings = ConfigWarnings.of(loaded);
    warnings.forEach(warning -> err.println("warning: " + warning));
    ConfigWarnings.notices(loaded).forEach(notice -> err.println("notice: " + notice));
    return warnings.isEmpty() ? 0 : FAILURE;
  }

  private int serve(CommandLine line, ConfigLoader.Loaded loaded, Signals signals)
      throws ConfigException {
    TempoConfig config = loaded.config();
    Target target = target(config);
    Logs.configure(config.server().logFormat(), config.server().logLevel());
    ConfigWarnings.of(loaded)
        .forEach(warning -> LOG.atWarn().addKeyValue("warning", warning).log("configuration"));
    ConfigWarnings.notices(loaded)
        .forEach(notice -> LOG.atWarn().addKeyValue("notice", notice).log("configuration"));
    line.ignored()
        .forEach((name, value) -> LOG.atInfo().addKeyValue("flag", name).log("flag ignored"));
    LaunchOptions options =
        new LaunchOptions(target, line.expandEnvironment(), loaded.withoutEffect());
    try (RunningProcess process = new RunningProcess(catalog, options, loaded, signals)) {
      process.start();
      long now = System.currentTimeMillis();
      out.print(new Banner(config, target, now, process.modulesRun()).text());
      out.flush();
      if (Boolean.getBoolean(TRAINING)) {
        signals.request("training run", 0);
      }
      int code = signals.await();
      process.prepareStop();
      return code;
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private Target target(TempoConfig config) throws ConfigException {
    Target target = Target.of(config.target()).orElse(null);
    if (target == null || !catalog.has(target)) {
      throw new ConfigException(
          "target: " + config.target() + " (expected: one of " + Target.names() + ")");
    }
    return target;
  }

  private int failed(RuntimeException failure) {
    String cause = StartFailures.explain(failure);
    if (cause == null) {
      LOG.atError().setCause(failure).log("start failed");
    } else {
      err.println(cause);
    }
    return FAILURE;
  }
}
