/// Tests of the Helm chart: what it renders for every fixture is valid Kubernetes, holds together,
/// keeps what an upgrade in place needs, and carries a configuration that our services take.
@NullMarked
package io.vivace.helm;

import org.jspecify.annotations.NullMarked;
