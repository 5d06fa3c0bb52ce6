/** What the source in a directory is: its commit, whether it was changed since, and a digest of its content. */
@NullMarked
package dev.railiance.source;

import org.jspecify.annotations.NullMarked;
