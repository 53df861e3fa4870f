/// Limits of tenants: defaults, and a file of overrides that is read again when it changes.
@NullMarked
package io.vivace.service.overrides;

import org.jspecify.annotations.NullMarked;
