package dev.railiance.ledger;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The directory of an embedded ledger and its files.
 *
 * @param path absolute
 */
record H2Directory(Path path) {

    /** What this Railiance writes. */
    private static final int FORMAT = 1;

    private static final String FORMAT_PREFIX = "railiance-ledger ";
    private static final int LONGEST_FORMAT = 64;
    private static final long LEDGER_SLOT = 0;
    private static final long LEASES_SLOT = 1;

    Path database() {
        return path.resolve("ledger.mv.db");
    }

    Path format() {
        return path.resolve("format");
    }

    Path leases() {
        return path.resolve("leases");
    }

    private Path holder() {
        return path.resolve("ledger.holder");
    }

    Path turnstile() {
        return path.resolve("ledger.turns");
    }

    /** Makes what is missing of the directory. */
    void make() {
        try {
            PrivateFiles.directory(path);
            Path ignore = path.resolve(".gitignore");
            if (Files.notExists(ignore)) {
                PrivateFiles.replace(ignore, "*\n");
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Whether there is a ledger. */
    boolean exists() {
        if (Files.isSymbolicLink(path)) {
            throw new LedgerException(
                    LedgerException.Kind.UNAVAILABLE, path + " is a link; a ledger's directory has to be a real one");
        }
        if (Files.notExists(path)) {
            return false;
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new LedgerException(LedgerException.Kind.UNAVAILABLE, path + " is not a directory");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw new LedgerException(LedgerException.Kind.UNAVAILABLE, "no permission to look into " + path);
        }
        return Files.exists(format(), LinkOption.NOFOLLOW_LINKS) || Files.exists(database(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Refuses a store that this Railiance does not know, before anything opens it. */
    void requireKnownFormat() {
        int found;
        try {
            found = formatFound();
        } catch (IOException e) {
            throw unavailable(e);
        }
        if (found > FORMAT) {
            throw new LedgerException(
                    LedgerException.Kind.FUTURE_VERSION,
                    "the ledger in " + path + " has format " + found + ", this Railiance knows formats up to "
                            + FORMAT);
        }
        if (found < 1) {
            throw damaged("its format file is missing or does not say which format it has");
        }
    }

    private int formatFound() throws IOException {
        if (!Files.isRegularFile(format(), LinkOption.NOFOLLOW_LINKS) || Files.size(format()) > LONGEST_FORMAT) {
            return 0;
        }
        String text = Files.readString(format(), java.nio.charset.StandardCharsets.ISO_8859_1)
                .strip();
        try {
            return text.startsWith(FORMAT_PREFIX) ? Integer.parseInt(text.substring(FORMAT_PREFIX.length())) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    void writeFormat() throws IOException {
        PrivateFiles.replace(format(), FORMAT_PREFIX + FORMAT + "\n");
    }

    /** Waits for the right to open the store, until {@link System#nanoTime()} reaches {@code deadline}. */
    ProcessLock lock(long deadline) {
        return take(path.resolve("ledger.lock"), LEDGER_SLOT, holder(), deadline);
    }

    /** The same for making and removing lease files. */
    ProcessLock lockLeases(long deadline) {
        return take(leases().resolve("lock"), LEASES_SLOT, null, deadline);
    }

    private ProcessLock take(Path file, long slot, @Nullable Path holder, long deadline) {
        try {
            ProcessLock lock = ProcessLock.take(turnstile(), slot, file, deadline);
            if (lock == null) {
                throw new LedgerException(
                        LedgerException.Kind.BUSY, "the ledger in " + path + " is kept by " + who(holder));
            }
            if (holder != null) {
                note(holder);
            }
            return lock;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(LedgerException.Kind.BUSY, "interrupted while waiting for the ledger", e);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static void note(Path holder) throws IOException {
        try (var channel = PrivateFiles.channel(holder)) {
            channel.truncate(0);
            PrivateFiles.write(
                    channel,
                    "process " + ProcessHandle.current().pid() + host() + " since "
                            + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\n");
        }
    }

    /** Of Linux only: elsewhere asking may take seconds. */
    private static String host() {
        try {
            return " on "
                    + Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String who(@Nullable Path holder) {
        try {
            String text = holder == null ? "" : Files.readString(holder).strip();
            return text.startsWith("process ") ? text : "another process";
        } catch (IOException e) {
            return "another process";
        }
    }

    LedgerException damaged(String why) {
        return new LedgerException(
                LedgerException.Kind.DAMAGED,
                "the ledger in " + path + " is damaged: " + why + "; it was left as it is");
    }

    /** The file system says no. */
    LedgerException unavailable(IOException e) {
        String why = e instanceof AccessDeniedException
                ? "no permission"
                : e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : "input or output failed";
        String what = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : path.toString();
        return new LedgerException(LedgerException.Kind.UNAVAILABLE, "cannot use " + what + ": " + why, e);
    }
}
