package io.vivace.service.launch;

import org.jspecify.annotations.Nullable;

/// One flag of the command line.
///
/// @param name without dashes
/// @param truth whether it may stand without a value, meaning true
/// @param key configuration key that it sets, or null when the launcher handles it itself or it
///   does nothing here
/// @param help one line
record Flag(String name, boolean truth, @Nullable String key, String help) {}
