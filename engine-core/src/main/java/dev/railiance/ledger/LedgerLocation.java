package dev.railiance.ledger;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where a ledger is: embedded in a directory, or shared on a PostgreSQL server. */
public sealed interface LedgerLocation permits LedgerLocation.Embedded, SharedLocation {

    /**
     * An embedded one, in a directory of its own.
     *
     * @param directory holds the store and its lock files
     */
    record Embedded(Path directory) implements LedgerLocation {

        private static final String JDBC = "jdbc:h2:file:";

        /** What begins like a URL, or has a control character somewhere: perhaps a password is behind it. */
        private static final Pattern UNFIT = Pattern.compile("^\\s*[A-Za-z][A-Za-z0-9+.-]+:|\\p{Cntrl}");

        /**
         * Reads what a person gave: a directory, or {@code jdbc:h2:file:DIRECTORY}. Connection settings are the engine's
         * and may not be given.
         *
         * @throws IllegalArgumentException if it is neither; the message does not quote it, since a URL may hold a password
         */
        public static Embedded parse(String given) {
            String path = given.startsWith(JDBC) ? given.substring(JDBC.length()) : given;
            if (path.isBlank()
                    || path.contains(";")
                    || path.contains("://")
                    || UNFIT.matcher(path).find()) {
                throw new IllegalArgumentException(
                        "is neither a directory nor jdbc:h2:file:DIRECTORY without settings of its own");
            }
            try {
                return new Embedded(Path.of(path));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is no path of this file system", e);
            }
        }
    }

    /** The embedded ledger of a repository. */
    static Embedded of(Path repository) {
        return new Embedded(repository.resolve(".railiance"));
    }
}
