/** Stage 2: what a canary is, what its plan consists of, and when its next weight is due. */
@NullMarked
package dev.railiance.stage2;

import org.jspecify.annotations.NullMarked;
