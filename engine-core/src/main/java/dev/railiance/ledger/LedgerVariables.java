package dev.railiance.ledger;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from the environment where the ledger is: {@code RAILIANCE_LEDGER} (a directory or a URL) with
 * {@code RAILIANCE_LEDGER_USER} and {@code RAILIANCE_LEDGER_PASSWORD}, or {@code RAILIANCE_LEDGER_FILE} (a file with lines
 * {@code url = …}, {@code user = …}, {@code password = …} that only its owner may read).
 */
public final class LedgerVariables {

    /** Where the ledger is. */
    public static final String LEDGER = "RAILIANCE_LEDGER";

    /** Who logs in to a shared ledger. */
    public static final String USER = "RAILIANCE_LEDGER_USER";

    /** The password to log in with. */
    public static final String PASSWORD = "RAILIANCE_LEDGER_PASSWORD";

    /** A file that says all three. */
    public static final String FILE = "RAILIANCE_LEDGER_FILE";

    private static final Set<String> KEYS = Set.of("url", "user", "password");
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int LONGEST_FILE = 64 << 10;

    private LedgerVariables() {}

    /**
     * The ledger that the environment names; empty if it names none.
     *
     * @param directory what a relative path is relative to
     * @throws IllegalArgumentException if what it says is wrong; the message names the variable and quotes no value
     */
    public static Optional<LedgerLocation> read(Map<String, String> environment, Path directory) {
        String ledger = environment.getOrDefault(LEDGER, "").strip();
        String file = environment.getOrDefault(FILE, "").strip();
        if (!ledger.isEmpty() && !file.isEmpty()) {
            throw new IllegalArgumentException(LEDGER + " and " + FILE + " are both set; one of them is enough");
        }
        if (!file.isEmpty() && (environment.containsKey(USER) || environment.containsKey(PASSWORD))) {
            throw new IllegalArgumentException(
                    USER + " or " + PASSWORD + " is set beside " + FILE + "; the file says both");
        }
        if (!file.isEmpty()) {
            return Optional.of(fromFile(file, directory));
        }
        return ledger.isEmpty()
                ? Optional.empty()
                : Optional.of(location(LEDGER, ledger, environment.get(USER), environment.get(PASSWORD), directory));
    }

    private static LedgerLocation location(
            String source, String given, @Nullable String user, @Nullable String password, Path directory) {
        try {
            return given.startsWith(SharedLocation.JDBC)
                    ? SharedLocation.of(given, user, password)
                    : embedded(given, directory);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + " " + e.getMessage(), e);
        }
    }

    private static LedgerLocation embedded(String given, Path directory) {
        return new LedgerLocation.Embedded(directory
                .resolve(LedgerLocation.Embedded.parse(given).directory())
                .normalize());
    }

    private static LedgerLocation fromFile(String given, Path directory) {
        try {
            Path file = directory.resolve(given);
            requirePrivate(file);
            Map<String, String> said = said(Files.readAllLines(file));
            String url = said.get("url");
            if (url == null) {
                throw new IllegalArgumentException(FILE + " names a file without a line url = …");
            }
            return location(
                    "the url in the file that " + FILE + " names",
                    url,
                    said.get("user"),
                    said.get("password"),
                    directory);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(FILE + " is no path of this file system", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(FILE + " names a file that is not UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(FILE + " names a file that cannot be read", e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
            throw new IllegalArgumentException(FILE + " names something that is not a small file");
        }
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IllegalArgumentException(
                    FILE + " names a file of which this system does not say who may read it");
        }
        if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IllegalArgumentException(
                    FILE + " names a file that others than its owner may use; chmod 600 makes it private");
        }
        if (!ownedByThisUser(file)) {
            throw new IllegalArgumentException(FILE + " names a file that belongs to another user");
        }
    }

    /** By number where the system tells the numbers: in a container the user may have no name. */
    private static boolean ownedByThisUser(Path file) throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Files.getAttribute(file, "unix:uid").equals(Files.getAttribute(self, "unix:uid"))
                : Files.getOwner(file).getName().replaceFirst(".*\\\\", "").equals(System.getProperty("user.name"));
    }

    private static Map<String, String> said(List<String> lines) {
        Map<String, String> said = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            if (!KEYS.contains(key) || said.containsKey(key)) {
                // Neither line nor key is quoted: it may be a password in the wrong place.
                throw new IllegalArgumentException(FILE + " names a file whose line " + (i + 1)
                        + " is none of url = …, user = …, password = …, or says one again");
            }
            said.put(key, line.substring(equals + 1).strip());
        }
        return said;
    }
}
