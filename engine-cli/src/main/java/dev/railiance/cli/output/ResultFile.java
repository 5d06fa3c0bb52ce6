package dev.railiance.cli.output;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file that a result is written to. Who reads it finds the old content or the new one, never a part.
 *
 * @param file absolute; a link's end, not the link
 * @param replaced whether a new file takes its place; a device or a pipe is written to as it is
 */
public record ResultFile(Path file, boolean replaced) {

    /** A file that can be written, or why it cannot. */
    public static Outcome<ResultFile> at(Path given) {
        try {
            Path file = Files.exists(given) ? given.toRealPath() : given;
            if (Files.isDirectory(file)) {
                return unwritable(given, "it is a directory");
            }
            boolean replaced = !Files.exists(file) || Files.isRegularFile(file);
            if (replaced) {
                Files.delete(beside(file));
            }
            return Outcome.done(new ResultFile(file, replaced));
        } catch (IOException e) {
            return unwritable(given, reason(e));
        }
    }

    /** Takes the result of an earlier run away. */
    public Outcome<ResultFile> emptied() {
        try {
            if (replaced) {
                Files.deleteIfExists(file);
            }
            return Outcome.done(this);
        } catch (IOException e) {
            return unwritable(file, reason(e));
        }
    }

    /** Writes the result. */
    public Outcome<ResultFile> write(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes what is not text. */
    public Outcome<ResultFile> write(byte[] bytes) {
        try {
            if (replaced) {
                replace(bytes);
            } else {
                Files.write(file, bytes, StandardOpenOption.WRITE);
            }
            return Outcome.done(this);
        } catch (IOException e) {
            return unwritable(file, reason(e));
        }
    }

    private void replace(byte[] bytes) throws IOException {
        Path fresh = beside(file);
        try {
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Path beside(Path file) throws IOException {
        // Not a temporary file of the JDK's: the result is for whoever may read new files here.
        return Files.createFile(file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new"));
    }

    private static Outcome<ResultFile> unwritable(Path file, String why) {
        return Outcome.notDone(new Failure(
                Code.OUTPUT_UNWRITABLE, "the result cannot be written to " + file + ": " + why, "name another file"));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        if (e instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        return e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : "output failed";
    }
}
