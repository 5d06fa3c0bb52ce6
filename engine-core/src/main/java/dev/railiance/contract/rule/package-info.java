/** What a contract must hold beyond its schema: one small rule per fault code. */
@NullMarked
package dev.railiance.contract.rule;

import org.jspecify.annotations.NullMarked;
