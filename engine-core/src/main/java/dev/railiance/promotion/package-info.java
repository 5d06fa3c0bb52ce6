/** The domain: what a promotion is, what may happen to it and why not; pure, and made of the JDK only. */
@NullMarked
package dev.railiance.promotion;

import org.jspecify.annotations.NullMarked;
