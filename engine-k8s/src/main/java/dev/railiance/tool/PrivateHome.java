package dev.railiance.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An empty home for tools, which only its owner can enter and which is gone after {@link #close()}: they find no plugin, no
 * alias and no repository of the user's, and leave no trace.
 */
public final class PrivateHome implements AutoCloseable {

    private final Path directory;

    private PrivateHome(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes one in the system's temporary directory.
     *
     * @throws IOException if that cannot be written
     */
    public static PrivateHome open() throws IOException {
        return new PrivateHome(Files.createTempDirectory("railiance-"));
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /**
     * Writes a file that only its owner can read, for what a tool takes from a file alone.
     *
     * @param name without directories; a file of that name is replaced
     * @throws IOException if it cannot be written
     */
    public Path write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
        return file;
    }

    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A leftover in the system's temporary directory is no reason to fail.
        }
    }
}
