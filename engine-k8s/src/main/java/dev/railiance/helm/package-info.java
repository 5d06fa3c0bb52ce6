/** Helm as an adapter: one file per operation, argv in and record out; what sets Helm 3 and 4 apart is in {@link dev.railiance.helm.HelmFlags}. */
@NullMarked
package dev.railiance.helm;

import org.jspecify.annotations.NullMarked;
