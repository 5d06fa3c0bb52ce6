/** The ledger on a PostgreSQL server, shared by a team and its build machines. */
@NullMarked
package dev.railiance.ledger.postgresql;

import org.jspecify.annotations.NullMarked;
