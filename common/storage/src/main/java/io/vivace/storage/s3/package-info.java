/// Amazon S3 and the stores that speak like it, through the AWS SDK.
@NullMarked
package io.vivace.storage.s3;

import org.jspecify.annotations.NullMarked;
