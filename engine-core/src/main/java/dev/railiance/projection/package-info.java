/** Views of the ledger: one file each, made from events alone, disposable and rebuildable. */
@NullMarked
package dev.railiance.projection;

import org.jspecify.annotations.NullMarked;
