/** The tables that every relational store of the ledger has, and what the databases say differently. */
@NullMarked
package dev.railiance.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
