package dev.railiance.overlay;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps others of the same user on this machine from writing to an overlay at the same time. Its file is outside of the
 * overlay and stays: one that was removed could be locked by two.
 */
final class OverlayLock implements AutoCloseable {

    private final FileChannel channel;

    private OverlayLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, or nothing while somebody else has it. */
    static Optional<OverlayLock> of(Path overlay) throws IOException {
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).resolve("railiance-overlays-" + user);
        Files.createDirectories(folder);
        String name = Digests.of(overlay.toString()).replace(':', '-') + ".lock";
        FileChannel channel = FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new OverlayLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by another thread: the same as by another process.
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
