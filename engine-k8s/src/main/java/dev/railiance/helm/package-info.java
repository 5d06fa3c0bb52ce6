/** Helm as an adapter: one file per operation, argv in and record out; what sets Helm 3 and 4 apart is in one of them. */
@NullMarked
package dev.railiance.helm;

import org.jspecify.annotations.NullMarked;
