/** Stage 3: what a promotion's plan consists of, what stands in its way, and what a rollback goes back to. */
@NullMarked
package dev.railiance.stage3;

import org.jspecify.annotations.NullMarked;
