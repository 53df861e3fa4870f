/// The configuration file: Tempo's YAML, key for key, bound strictly to records. The known keys and
/// their defaults are the resource `defaults.yaml`; a record names the keys that have an effect
/// here, the remaining keys are checked, kept and listed at start-up.
@NullMarked
package io.vivace.service.config;

import org.jspecify.annotations.NullMarked;
