/// The append log: what an ingester acknowledged is here first, checksummed and on disk.
///
/// A log is a folder of files `log-<number>`, each eight bytes of magic followed by records. A
/// record is a length and a CRC-32C (four bytes each, big-endian) and a payload: tenant, then the
/// pieces of traces that came in one push.
@NullMarked
package io.vivace.ingester.log;

import org.jspecify.annotations.NullMarked;
