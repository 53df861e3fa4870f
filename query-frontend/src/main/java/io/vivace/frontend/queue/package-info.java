/// The queue of jobs: queries put jobs in, queriers pull them out, fairly between tenants.
@NullMarked
package io.vivace.frontend.queue;

import org.jspecify.annotations.NullMarked;
