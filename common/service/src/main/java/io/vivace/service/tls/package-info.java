/// TLS of the ports that Vivace listens on: certificates and keys in PEM, read again while the
/// process runs, and client certificates.
@NullMarked
package io.vivace.service.tls;

import org.jspecify.annotations.NullMarked;
