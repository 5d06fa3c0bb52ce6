/** The promotion engine: {@link dev.railiance.PromotionEngine} is the one way in. */
@NullMarked
package dev.railiance;

import org.jspecify.annotations.NullMarked;
