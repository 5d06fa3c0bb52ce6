/** Overlay repositories: third-party software under the lifecycle, made from files and kept up to date by merging. */
@NullMarked
package dev.railiance.overlay;

import org.jspecify.annotations.NullMarked;
