/** Prometheus as an adapter: asks its HTTP API and makes samples of what it answers. */
@NullMarked
package dev.railiance.prometheus;

import org.jspecify.annotations.NullMarked;
