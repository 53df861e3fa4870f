/// The block format: parquet pages, schemas, bloom filter, meta.
@NullMarked
package io.vivace.block;

import org.jspecify.annotations.NullMarked;
