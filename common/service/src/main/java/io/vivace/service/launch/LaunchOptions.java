package io.vivace.service.launch;

import java.util.List;

/// How this process was started.
///
/// @param target what it runs
/// @param expandEnvironment whether files are expanded from the environment
/// @param withoutEffect keys of the configuration file that are known and that nothing uses
public record LaunchOptions(Target target, boolean expandEnvironment, List<String> withoutEffect) {}
