/** Measures the engine and its ledger against bare JDBC and against peers; not part of the product. */
@NullMarked
package dev.railiance.benchmarks;

import org.jspecify.annotations.NullMarked;
