package dev.railiance.ledger.h2;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read, whatever the umask says, where the file system knows owners. */
final class PrivateFiles {

    private static final Set<OpenOption> READ_WRITE = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private PrivateFiles() {}

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static Set<PosixFilePermission> ownerOnly() {
        return EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    /** Makes a directory if there is none, and says whether it did. */
    static boolean directory(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = ownerOnly();
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        try {
            Files.createDirectory(directory, attributes(directory, permissions));
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return false;
        }
    }

    /** Opens a file for reading and writing, made if there is none. */
    static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, READ_WRITE, attributes(file, ownerOnly()));
    }

    /** Takes the rights of group and others away from a file that somebody else's code has made. */
    static void close(Path file) throws IOException {
        if (posix(file)) {
            Files.setPosixFilePermissions(file, ownerOnly());
        }
    }

    /** The same, for small files that are written by threads which may be interrupted: that would close a channel. */
    static RandomAccessFile open(Path file) throws IOException {
        channel(file).close();
        return new RandomAccessFile(file.toFile(), "rw");
    }

    /** Replaces a small file as a whole, on the disk when this returns. */
    static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (RandomAccessFile opened = open(fresh)) {
            opened.setLength(0);
            write(opened, text);
            opened.getFD().sync();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Brings the names in a directory to the disk, where the system can do that. */
    static void sync(Path directory) throws IOException {
        if (posix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Writes a short text from the beginning of a file on. */
    static void write(RandomAccessFile file, String text) throws IOException {
        file.seek(0);
        file.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
