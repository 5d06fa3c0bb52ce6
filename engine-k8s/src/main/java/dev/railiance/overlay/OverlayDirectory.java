package dev.railiance.overlay;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of an overlay on disk. Nothing is written through a link, and a file is whole or not there. */
final class OverlayDirectory {

    private static final long LARGEST = 16L << 20;

    private final Path root;

    OverlayDirectory(Path root) {
        this.root = root;
    }

    boolean isLink() {
        return Files.isSymbolicLink(root);
    }

    /**
     * Whether nothing is there yet but, perhaps, an empty directory, a repository without files, or what is left of the same
     * overlay where writing it was broken off.
     *
     * @param files those of the overlay
     */
    boolean isFree(Map<String, String> files) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(root)) {
            return false;
        }
        for (Path entry : entries(root)) {
            if (!entry.endsWith(".git") && !isBegun(entry, files)) {
                return false;
            }
        }
        return true;
    }

    private boolean isBegun(Path place, Map<String, String> files) throws IOException {
        String path = root.relativize(place).toString();
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            if (files.keySet().stream().noneMatch(file -> file.startsWith(path + "/"))) {
                return false;
            }
            for (Path entry : entries(place)) {
                if (!isBegun(entry, files)) {
                    return false;
                }
            }
            return true;
        }
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        String text = files.get(path);
        return WholeFile.isPart(place) || (text != null && WholeFile.holds(place, text));
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
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST) {
            throw new FileSystemException(path, null, path + " is larger than any file of an overlay");
        }
        return Optional.of(Files.readAllBytes(file));
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
     * Writes all files or none. A directory that is not there appears whole. One that is there stays the same directory, as
     * somebody may stand in it: its files come one by one and the last one given last, so that a call that is broken off can
     * be repeated.
     */
    void create(Map<String, String> files, String last) throws IOException {
        if (Files.exists(root)) {
            fill(files, last);
            return;
        }
        Path parent = root.getParent();
        if (parent == null) {
            throw new IOException("a root directory cannot be replaced");
        }
        Path part = Files.createTempDirectory(parent, ".railiance-overlay-");
        try {
            for (var file : files.entrySet()) {
                WholeFile.write(part.resolve(file.getKey()), file.getValue());
            }
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(part, root, StandardCopyOption.ATOMIC_MOVE);
            WholeFile.force(parent);
        } catch (IOException | RuntimeException e) {
            remove(part);
            throw e;
        }
    }

    private void fill(Map<String, String> files, String last) throws IOException {
        List<Path> made = new ArrayList<>();
        try {
            List<String> paths = new ArrayList<>(files.keySet());
            paths.sort(Comparator.comparing(last::equals));
            for (String path : paths) {
                Path file = root.resolve(path);
                for (Path folder = file.getParent(); folder != null && !Files.exists(folder); ) {
                    made.add(folder);
                    folder = folder.getParent();
                }
                made.add(file);
                WholeFile.write(file, files.getOrDefault(path, ""));
            }
            removeParts(root);
        } catch (IOException | RuntimeException e) {
            made.sort(Comparator.reverseOrder());
            for (Path path : made) {
                Files.deleteIfExists(path);
            }
            throw e;
        }
    }

    private static void removeParts(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(WholeFile::isPart).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    /** Writes one file in one step. */
    void write(String path, String text) throws IOException {
        WholeFile.write(root.resolve(path), text);
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
        return there && (obstacle(path).isPresent() || !WholeFile.holds(root.resolve(path), text));
    }

    static <T> Outcome<T> unwritable(Path where, IOException e) {
        String why = switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException none -> "a directory on the way is not there, or takes no files";
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
