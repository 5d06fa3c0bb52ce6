package dev.railiance.contract.fault;

import dev.railiance.contract.value.KeyPath;
import java.util.Optional;

/**
 * A fault that does not know yet where in the file it is.
 *
 * @param anchor whether the key or its value is at fault
 */
public record Finding(
        FaultCode code,
        KeyPath path,
        Anchor anchor,
        String message,
        Optional<String> found,
        Optional<String> expected,
        Optional<String> suggestion) {

    /** Which side of {@code key = value} is at fault. */
    public enum Anchor {
        KEY,
        VALUE
    }

    /** A finding about the key, or table, at the path. */
    public static Finding atKey(FaultCode code, KeyPath path, String message) {
        return new Finding(code, path, Anchor.KEY, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A finding about the value at the path. */
    public static Finding atValue(FaultCode code, KeyPath path, String message) {
        return new Finding(code, path, Anchor.VALUE, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same with what is there. */
    public Finding found(String text) {
        return new Finding(code, path, anchor, message, Optional.of(text), expected, suggestion);
    }

    /** The same with what is allowed. */
    public Finding expected(String text) {
        return new Finding(code, path, anchor, message, found, Optional.of(text), suggestion);
    }

    /** The same with what to do. */
    public Finding suggest(String text) {
        return new Finding(code, path, anchor, message, found, expected, Optional.of(text));
    }

    /** The same, with a suggestion when there is one. */
    public Finding suggest(Optional<String> text) {
        return text.map(this::suggest).orElse(this);
    }

    /** As a fault of the file, at the position. */
    public Fault in(String file, Position position) {
        return new Fault(
                code,
                Shown.safe(file),
                position,
                Shown.safe(path.toString()),
                Shown.safe(message),
                found.map(Shown::safe),
                expected.map(Shown::safe),
                suggestion.map(Shown::safe));
    }
}
