package dev.railiance.overlay;

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
import java.util.Arrays;

/** A file that is written whole and durably, or not at all. */
final class WholeFile {

    private static final String PREFIX = ".railiance-";
    private static final String SUFFIX = ".part";

    private WholeFile() {}

    /** Writes a file, with the folders on the way; one that is there is replaced in one step and keeps its permissions. */
    static void write(Path file, String text) throws IOException {
        Path folder = Files.createDirectories(file.resolveSibling(""));
        Path part = Files.createTempFile(folder, PREFIX, SUFFIX);
        try {
            // Made anew with the permissions that the process gives to files, not those of a temporary one.
            Files.delete(part);
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
            } else if (file.toString().endsWith(".sh")) {
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    /** Whether it is what a call that was broken off left behind. */
    static boolean isPart(Path file) {
        Path name = file.getFileName();
        return name != null
                && name.toString().startsWith(PREFIX)
                && name.toString().endsWith(SUFFIX)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the file holds this text and nothing else. */
    static boolean holds(Path file, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return Files.size(file) == wanted.length && Arrays.equals(Files.readAllBytes(file), wanted);
    }

    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }
}
