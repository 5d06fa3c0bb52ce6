/** The embedded ledger: an H2 database in a directory of its own, whose users take turns. */
@NullMarked
package dev.railiance.ledger.h2;

import org.jspecify.annotations.NullMarked;
