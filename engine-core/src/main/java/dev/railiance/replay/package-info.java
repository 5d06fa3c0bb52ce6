/** Looks at decisions again, from the ledger alone: why one was made, and whether another policy would have made it. */
@NullMarked
package dev.railiance.replay;

import org.jspecify.annotations.NullMarked;
