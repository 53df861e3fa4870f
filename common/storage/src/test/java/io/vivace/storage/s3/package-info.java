/// Tests of the S3 store that need no server.
@NullMarked
package io.vivace.storage.s3;

import org.jspecify.annotations.NullMarked;
