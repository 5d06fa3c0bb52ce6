package dev.railiance.contract.rule;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that a contract must hold beyond its schema.
 *
 * @param code of every finding of this rule
 * @param check what is wrong; empty: nothing
 */
public record Rule(FaultCode code, Function<Draft, Stream<Finding>> check) {}
