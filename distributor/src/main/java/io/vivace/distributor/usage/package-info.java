/// Who sends how much: bytes by the values of chosen attributes, for each tenant, as counters on a
/// page of their own. Source of the rules: Tempo 2.9 `modules/distributor/usage/tracker.go`.
@NullMarked
package io.vivace.distributor.usage;

import org.jspecify.annotations.NullMarked;
