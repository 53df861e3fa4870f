/// Spring kit of the services: configuration, tenancy, overrides, servers, metrics.
@NullMarked
package io.vivace.service;

import org.jspecify.annotations.NullMarked;
