package dev.railiance.ledger;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a ledger is: today always an embedded one, in a directory of its own.
 *
 * @param directory holds the store and its lock files
 */
public record LedgerLocation(Path directory) {

    private static final String JDBC = "jdbc:h2:file:";

    /** The ledger of a repository. */
    public static LedgerLocation of(Path repository) {
        return new LedgerLocation(repository.resolve(".railiance"));
    }

    /**
     * Reads what a person gave: a directory, or {@code jdbc:h2:file:DIRECTORY}. Connection settings are the engine's and may
     * not be given.
     *
     * @throws IllegalArgumentException if it is neither; the message does not quote it, since a URL may hold a password
     */
    public static LedgerLocation parse(String given) {
        String path = given.startsWith(JDBC) ? given.substring(JDBC.length()) : given;
        if (path.isBlank() || path.contains(";") || path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw new IllegalArgumentException("a ledger is a directory or jdbc:h2:file:DIRECTORY");
        }
        try {
            return new LedgerLocation(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("a ledger's directory is a path of this file system", e);
        }
    }
}
