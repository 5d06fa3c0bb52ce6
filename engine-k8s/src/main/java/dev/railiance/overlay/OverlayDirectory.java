package dev.railiance.overlay;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

    /** Whether nothing is there yet but, perhaps, an empty directory or a repository without files. */
    boolean isFree() throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(root)) {
            return false;
        }
        return entries(root).stream().allMatch(entry -> entry.endsWith(".git"));
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

    /** Whether something is at the place. */
    boolean holds(String path) {
        return Files.exists(root.resolve(path));
    }

    /** A file's bytes, where it is there. */
    Optional<byte[]> bytes(String path) throws IOException {
        Path file = root.resolve(path);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /** Bytes as text, or nothing where they are no UTF-8: such a file is never decoded to something like it. */
    static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes all files or none. A directory that is not there appears whole. One that is there stays the same directory,
     * as somebody may stand in it, and its files are moved in when all of them are written.
     */
    void create(Map<String, String> files) throws IOException {
        boolean there = Files.exists(root);
        Path parent = there ? root : root.getParent();
        if (parent == null) {
            throw new IOException("a root directory cannot be replaced");
        }
        Path part = Files.createTempDirectory(parent, ".railiance-overlay-");
        List<Path> moved = new ArrayList<>();
        try {
            for (var file : files.entrySet()) {
                writeFile(part.resolve(file.getKey()), file.getValue());
            }
            if (there) {
                for (Path entry : entries(part)) {
                    Path target = root.resolve(entry.getFileName());
                    Files.move(entry, target, StandardCopyOption.ATOMIC_MOVE);
                    moved.add(target);
                }
                Files.delete(part);
            } else {
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(part, root, StandardCopyOption.ATOMIC_MOVE);
            }
            force(parent);
        } catch (IOException | RuntimeException e) {
            for (Path target : moved) {
                remove(target);
            }
            remove(part);
            throw e;
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
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
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return there
                && (obstacle(path).isPresent()
                        || bytes(path).filter(is -> Arrays.equals(is, wanted)).isEmpty());
    }

    static <T> Outcome<T> unwritable(Path where, IOException e) {
        String why = switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException of when of.getReason() != null -> of.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
        return Outcome.notDone(new Failure(
                Code.OUTPUT_UNWRITABLE,
                "the overlay cannot be written to " + shown(where) + ": " + why,
                "name a writable place with --dir DIR"));
    }

    /** A path as a message holds it: what is longer than any path in use is cut. */
    static String shown(Path path) {
        String text = path.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
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
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
