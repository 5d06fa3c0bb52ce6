/** Looks at gates as things really are, in the cluster and beside it, and has what was seen judged. */
@NullMarked
package dev.railiance.observation;

import org.jspecify.annotations.NullMarked;
