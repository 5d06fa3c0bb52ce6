/** The TOML file as text, as a tree, and the position of everything in the tree. */
@NullMarked
package dev.railiance.contract.toml;

import org.jspecify.annotations.NullMarked;
