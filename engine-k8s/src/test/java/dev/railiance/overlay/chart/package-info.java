/** The overlay's charts under real Helm and before a real API server. */
@NullMarked
package dev.railiance.overlay.chart;

import org.jspecify.annotations.NullMarked;
