/// Google Cloud Storage, through its JSON API.
@NullMarked
package io.vivace.storage.gcs;

import org.jspecify.annotations.NullMarked;
