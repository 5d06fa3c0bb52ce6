/** kubectl as an adapter: one file per operation, argv in and a small record out; it reads the cluster and changes nothing. */
@NullMarked
package dev.railiance.kubectl;

import org.jspecify.annotations.NullMarked;
