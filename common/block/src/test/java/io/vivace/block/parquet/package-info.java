/// Tests of the Parquet layer: encoders against decoders, fast ones against slow ones.
@NullMarked
package io.vivace.block.parquet;

import org.jspecify.annotations.NullMarked;
