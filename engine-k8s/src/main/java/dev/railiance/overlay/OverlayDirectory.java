package dev.railiance.overlay;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of an overlay on disk. Nothing is written through a link, and a file is whole or not there. */
final class OverlayDirectory {

    private final Path root;

    OverlayDirectory(Path root) {
        this.root = root;
    }

    boolean isLink() {
        return Files.isSymbolicLink(root);
    }

    /** Whether nothing is there yet that would have to give way. */
    boolean isFree() throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(root)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        }
    }

    /** The first link or foreign thing on the way to a file, or nothing. */
    Optional<Path> obstacle(String path) {
        Path at = root;
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            return Optional.of(file);
        }
        for (Path step : root.relativize(file)) {
            at = at.resolve(step);
            boolean last = at.equals(file);
            if (Files.isSymbolicLink(at)
                    || (Files.exists(at) && (last ? !Files.isRegularFile(at) : !Files.isDirectory(at)))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** A file's text; bytes that are no UTF-8 are read so that they equal no text of ours. */
    Optional<String> text(String path) throws IOException {
        Path file = root.resolve(path);
        return Files.exists(file)
                ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** Writes all files beside the directory and puts them in its place in one step. */
    void create(Map<String, String> files) throws IOException {
        Path parent = root.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("a root directory cannot be replaced");
        }
        Path part = Files.createTempDirectory(parent, ".railiance-overlay-");
        try {
            for (var file : files.entrySet()) {
                writeFile(part.resolve(file.getKey()), file.getValue());
            }
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            // Rename takes the place of an empty directory, and of no other.
            Files.move(part, root, StandardCopyOption.ATOMIC_MOVE);
            force(parent);
        } catch (IOException | RuntimeException e) {
            remove(part);
            throw e;
        }
    }

    /** Writes one file in one step. */
    void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Path folder = Files.createDirectories(file.resolveSibling(""));
        Path part = Files.createTempFile(folder, ".railiance-", ".part");
        try {
            Files.delete(part);
            writeFile(part, text);
            boolean runs = path.endsWith(".sh");
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
    }

    /** A path beside this one that is free, or holds the text already. */
    String beside(String path, String text) throws IOException {
        String free = path + ".new";
        for (int number = 1; isTaken(free, text); number++) {
            free = path + ".new." + number;
        }
        return free;
    }

    private boolean isTaken(String path, String text) throws IOException {
        boolean there = Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
        return there && (obstacle(path).isPresent() || !text(path).equals(Optional.of(text)));
    }

    static <T> Outcome<T> unwritable(Path where, IOException e) {
        String why = e.getMessage() == null || e.getMessage().equals(where.toString())
                ? e.getClass().getSimpleName()
                : e.getMessage();
        return Outcome.notDone(new Failure(
                Code.OUTPUT_UNWRITABLE,
                "the overlay cannot be written to " + where + ": " + why,
                "name a writable place with --dir DIR"));
    }

    private static void writeFile(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (file.toString().endsWith(".sh")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
