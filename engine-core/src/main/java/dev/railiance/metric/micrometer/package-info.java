/** The engine's measurements as meters of Micrometer, which only those who use this package need to have. */
@NullMarked
package dev.railiance.metric.micrometer;

import org.jspecify.annotations.NullMarked;
