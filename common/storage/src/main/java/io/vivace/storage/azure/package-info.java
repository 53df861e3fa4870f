/// Azure Blob Storage, through its REST API.
@NullMarked
package io.vivace.storage.azure;

import org.jspecify.annotations.NullMarked;
