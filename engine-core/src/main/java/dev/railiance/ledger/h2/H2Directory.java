package dev.railiance.ledger.h2;

import dev.railiance.ledger.LedgerException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of an embedded ledger and its files.
 *
 * @param path absolute
 */
record H2Directory(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(H2Directory.class);

    private static final String FORMAT_PREFIX = "railiance-ledger ";
    private static final int LONGEST_FORMAT = 64;
    private static final String LEDGER_LOCK = "ledger.lock";

    /** More than the longest pause between two tries of who waits for the lock. */
    private static final long COURTESY = TimeUnit.MILLISECONDS.toNanos(40);

    /** A copy that was written to lately is worked on; one that was not may be left by a process that died. */
    private static final long COPY_FRESH = TimeUnit.MINUTES.toMillis(1);

    /** After a copy is done with, its holder has still to bring it to the disk. */
    private static final long AFTER_COPY = TimeUnit.SECONDS.toNanos(5);

    Path database() {
        return path.resolve("ledger.mv.db");
    }

    Path format() {
        return path.resolve("format");
    }

    private Path holder() {
        return path.resolve("ledger.holder");
    }

    /** Touched again and again by who waits for the lock. */
    private Path waiting() {
        return path.resolve("ledger.waiting");
    }

    Path turnstile() {
        return path.resolve("ledger.turns");
    }

    /** A database that is being made. */
    Path fresh() {
        return path.resolve("fresh.mv.db");
    }

    /** Where copies of the database are worked on, which nobody needs afterwards. */
    Path copies() {
        return path.resolve("copies");
    }

    Path state() {
        return path.resolve("ledger.state");
    }

    /** Makes the directory if it is missing. One that somebody else keeps other things in gets no ignore file. */
    void make() {
        try {
            Files.createDirectories(path.getParent() == null ? path : path.getParent());
            if (PrivateFiles.directory(path) || empty()) {
                // In place: two processes may be here at once, and write the same.
                try (RandomAccessFile ignore = PrivateFiles.open(path.resolve(".gitignore"))) {
                    PrivateFiles.write(ignore, "*\n");
                }
            }
        } catch (IOException e) {
            throw H2Failure.of(e, path);
        }
    }

    private boolean empty() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Whether there is a ledger, perhaps one that is being made. */
    boolean exists() {
        if (path.toString().contains(";")) {
            // H2 would read settings from there.
            throw new LedgerException(
                    LedgerException.Kind.UNAVAILABLE, "a ledger's directory may not have a semicolon in its path");
        }
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isSymbolicLink()) {
                throw new LedgerException(
                        LedgerException.Kind.UNAVAILABLE,
                        path + " is a link; a ledger's directory has to be a real one");
            }
            if (!found.isDirectory()) {
                throw new LedgerException(LedgerException.Kind.UNAVAILABLE, path + " is not a directory");
            }
            if (present(format())) {
                // Also before the lock is taken: a future ledger may have other ideas about locks.
                requireKnownFormat();
                return true;
            }
            return present(database());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw H2Failure.of(e, path);
        }
    }

    private static boolean present(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether the ledger is there and whole, as far as its files' names say; false if it is still to be made. */
    boolean complete() throws IOException {
        if (present(database())) {
            requireKnownFormat();
            if (!Files.isRegularFile(database(), LinkOption.NOFOLLOW_LINKS)) {
                throw unreadable(database().getFileName() + " is not a file");
            }
            if (Files.size(database()) == 0) {
                throw unreadable(database().getFileName() + " is empty");
            }
            return true;
        }
        if (present(format()) && !present(fresh())) {
            throw unreadable(database().getFileName() + " is missing");
        }
        return false;
    }

    /** Refuses a ledger that this Railiance does not know, before anything opens it. */
    private void requireKnownFormat() throws IOException {
        int found = formatFound();
        if (found > H2Migrations.FORMAT) {
            throw new LedgerException(
                    LedgerException.Kind.FUTURE_VERSION,
                    "the ledger in " + path + " has format " + found + ", this Railiance knows formats up to "
                            + H2Migrations.FORMAT);
        }
        if (found < 1) {
            throw unreadable("its format file is missing or does not say which format it has");
        }
    }

    private int formatFound() throws IOException {
        if (!Files.isRegularFile(format(), LinkOption.NOFOLLOW_LINKS) || Files.size(format()) > LONGEST_FORMAT) {
            return 0;
        }
        String text = Files.readString(format(), StandardCharsets.ISO_8859_1).strip();
        try {
            return text.startsWith(FORMAT_PREFIX) ? Integer.parseInt(text.substring(FORMAT_PREFIX.length())) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether the database is in an older format. */
    boolean outdated() throws IOException {
        return formatFound() < H2Migrations.FORMAT;
    }

    void writeFormat() throws IOException {
        PrivateFiles.replace(format(), FORMAT_PREFIX + H2Migrations.FORMAT + "\n");
    }

    /** The right to open the store, or null if somebody else has it now. */
    @Nullable
    ProcessLock tryLock() {
        return take(System.nanoTime());
    }

    /** The same, but waits until {@link System#nanoTime()} reaches {@code deadline}, or a large copy is done with. */
    ProcessLock lock(long deadline) {
        ProcessLock lock = take(deadline);
        while (lock == null && copying()) {
            lock = take(System.nanoTime() + AFTER_COPY);
        }
        if (lock == null) {
            throw new LedgerException(LedgerException.Kind.BUSY, "the ledger in " + path + " is kept by " + who());
        }
        return lock;
    }

    private @Nullable ProcessLock take(long deadline) {
        try {
            ProcessLock lock = ProcessLock.take(turnstile(), path.resolve(LEDGER_LOCK), deadline, this::want);
            if (lock != null) {
                note();
            }
            return lock;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(LedgerException.Kind.BUSY, "interrupted while waiting for the ledger", e);
        } catch (IOException e) {
            throw H2Failure.of(e, path);
        }
    }

    /**
     * Whether who has the ledger is compacting, migrating or looking through a copy of it. That takes some ten seconds for a
     * million events and comes to its end by itself, so that waiting for it is better than being told to come back.
     */
    boolean copying() {
        long now = System.currentTimeMillis();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(copies())) {
            for (Path copy : found) {
                if (now - copy.toFile().lastModified() < COPY_FRESH) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
    }

    private void want() throws IOException {
        try (RandomAccessFile file = PrivateFiles.open(waiting())) {
            PrivateFiles.write(file, "?");
        }
    }

    /** When somebody last waited for the lock, in a unit of no meaning: another answer means that somebody has since. */
    long wanted() {
        return waiting().toFile().lastModified();
    }

    /**
     * To be called by who had the lock, gave it back because somebody else waited, and now wants it again: returns when
     * somebody else has it, or must have died.
     */
    void letAnotherGoFirst() {
        long before = holder().toFile().lastModified();
        long deadline = System.nanoTime() + COURTESY;
        try {
            while (holder().toFile().lastModified() == before && System.nanoTime() - deadline < 0) {
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(LedgerException.Kind.BUSY, "interrupted while waiting for the ledger", e);
        }
    }

    /** For people, and for {@link #letAnotherGoFirst}, which waits no longer than a moment: the lock counts without it. */
    private void note() {
        try (RandomAccessFile file = PrivateFiles.open(holder())) {
            file.setLength(0);
            PrivateFiles.write(
                    file,
                    "process " + ProcessHandle.current().pid() + host() + " since "
                            + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\n");
        } catch (IOException e) {
            LOG.debug("who has the ledger could not be noted: {}", e.getClass().getSimpleName());
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

    private String who() {
        try {
            String text = Files.readString(holder()).strip();
            return text.startsWith("process ") ? text : "another process";
        } catch (IOException e) {
            return "another process";
        }
    }

    LedgerException damaged(String why) {
        return left(LedgerException.Kind.DAMAGED, why);
    }

    private LedgerException unreadable(String why) {
        return left(LedgerException.Kind.UNREADABLE, why);
    }

    private LedgerException left(LedgerException.Kind kind, String why) {
        return new LedgerException(kind, "the ledger in " + path + " is damaged: " + why + "; it was left as it is");
    }
}
