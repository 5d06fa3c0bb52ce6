package dev.railiance.source;

import dev.railiance.promotion.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;

/**
 * The digest of a set of files: SHA-256 over the line {@code railiance.tree.v1} and one entry per file, in bytewise order
 * of the names:
 *
 * <ol>
 *   <li>one byte: {@code f} for a file, {@code x} for one that its owner may execute, {@code l} for a symbolic link;
 *   <li>the length of the name in bytes, in decimal digits, a colon, the name's bytes with slashes between its parts;
 *   <li>the 32 bytes of SHA-256 of the file's content, or of the link's target as it is written in the link.
 * </ol>
 *
 * Every part is of fixed length or preceded by its length, so no two sets of files give the same bytes. A link is never
 * followed. Owners, times and permissions other than the owner's execute bit do not count, as in git. Names that are not
 * there, and what is neither file nor link, are left out.
 */
final class TreeDigest {

    private static final int CHUNK = 1 << 16;

    private final Path root;
    private final BooleanSupplier cancelled;
    private final MessageDigest whole = sha256();
    private final MessageDigest single = sha256();
    private final byte[] buffer = new byte[CHUNK];

    private TreeDigest(Path root, BooleanSupplier cancelled) {
        this.root = root;
        this.cancelled = cancelled;
    }

    /** Reads all files of these names below {@code root}, each once. */
    static Digest of(Path root, SortedSet<FileName> names, BooleanSupplier cancelled) throws SourceUnavailable {
        TreeDigest digest = new TreeDigest(root, cancelled);
        digest.whole.update("railiance.tree.v1\n".getBytes(StandardCharsets.US_ASCII));
        for (FileName name : names) {
            try {
                digest.add(name);
            } catch (IOException | SecurityException e) {
                throw SourceUnavailable.unreadable(name);
            }
        }
        return new Digest("sha256:" + HexFormat.of().formatHex(digest.whole.digest()));
    }

    private void add(FileName name) throws IOException, SourceUnavailable {
        Path file = name.at(root);
        if (Files.isSymbolicLink(file)) {
            single.update(FileName.of(Files.readSymbolicLink(file)).bytes());
            entry('l', name);
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            read(file);
            entry(isExecutable(file) ? 'x' : 'f', name);
        } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther()) {
            throw new IOException("neither file nor link");
        }
    }

    private void entry(char type, FileName name) {
        whole.update((byte) type);
        whole.update((name.bytes().length + ":").getBytes(StandardCharsets.US_ASCII));
        whole.update(name.bytes());
        whole.update(single.digest());
    }

    private void read(Path file) throws IOException, SourceUnavailable {
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                single.update(buffer, 0, read);
                if (cancelled.getAsBoolean()) {
                    throw SourceUnavailable.cancelled();
                }
            }
        }
    }

    private static boolean isExecutable(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                    .contains(PosixFilePermission.OWNER_EXECUTE);
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
