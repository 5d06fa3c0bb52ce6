package dev.railiance.contract.fault;

import java.util.Optional;

/**
 * One thing that is wrong with a contract. Texts are safe to show: control characters are escaped, long values cut, and
 * no value that looks like a secret is in them.
 *
 * @param file as the report names it: relative to the repository where it lies in it
 * @param path the key at fault, as {@code stage1.checks[2].url}; empty for the whole file
 * @param message what is wrong
 * @param found what is there
 * @param expected what is allowed
 * @param suggestion what was probably meant, or what to do
 */
public record Fault(
        FaultCode code,
        String file,
        Position position,
        String path,
        String message,
        Optional<String> found,
        Optional<String> expected,
        Optional<String> suggestion) {

    /** How bad it is. */
    public Severity severity() {
        return code.severity();
    }
}
