/// Tests of the configuration file.
@NullMarked
package io.vivace.service.config;

import org.jspecify.annotations.NullMarked;
