package dev.railiance.ledger.h2;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * What a small file beside the database remembers of it, so that damage is found before H2 opens the database: H2 would
 * quietly go back to an older state of a truncated file, and overwrite the rest.
 *
 * @param closed whether the database was closed as it should be; then it has exactly this length and checksum
 * @param length of the database, in bytes
 * @param checksum of the database
 * @param checked how many bytes at each end of the database the checksum is over
 * @param position of the last event that is certainly in it
 * @param compacted its length after it was compacted last, in bytes
 */
record H2State(boolean closed, long length, int checksum, long checked, long position, long compacted) {

    /**
     * Larger databases are checked at both ends only, where H2's headers and its latest chunk are, so that opening one takes as
     * long as opening a small one. What was changed in between, the hash chain finds.
     */
    private static final long CHECKED_END = 512L << 10;

    /** What earlier versions checked at each end, and did not write down. */
    private static final long CHECKED_END_BEFORE = 8L << 20;

    private static final int BUFFER = 1 << 16;
    private static final int WIDTH = 96;

    /** In use, or left by a process that died. */
    static H2State open(long position, long compacted) {
        return new H2State(false, 0, 0, CHECKED_END, position, compacted);
    }

    /** The database as it lies there now, and is on the disk for good when this returns. */
    static H2State closed(Path database, long position, long compacted) throws IOException {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
        return measured(database, CHECKED_END, position, compacted);
    }

    private static H2State measured(Path database, long checked, long position, long compacted) throws IOException {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long length = channel.size();
            CRC32C checksum = new CRC32C();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long at = 0;
            while (at < length) {
                buffer.clear();
                int read = channel.read(buffer, at);
                if (read < 0) {
                    break;
                }
                checksum.update(buffer.flip());
                at += read;
                if (at >= checked && at < length - checked) {
                    at = length - checked;
                }
            }
            return new H2State(true, length, (int) checksum.getValue(), checked, position, compacted);
        }
    }

    /** Whether the database is the one that was closed. */
    boolean fits(Path database) throws IOException {
        return measured(database, checked, position, compacted).equals(this);
    }

    /** What the file says; without one, nothing is certain. */
    static H2State read(Path file) throws IOException {
        String[] words;
        try {
            if (Files.size(file) > WIDTH) {
                return open(0, 0);
            }
            words = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ", -1);
        } catch (NoSuchFileException e) {
            return open(0, 0);
        }
        try {
            if (words.length == 3 && words[0].equals("open")) {
                return open(Long.parseLong(words[1]), Long.parseLong(words[2]));
            }
            if ((words.length == 5 || words.length == 6) && words[0].equals("closed")) {
                return new H2State(
                        true,
                        Long.parseLong(words[3]),
                        Integer.parseUnsignedInt(words[4], 16),
                        words.length == 6 ? Long.parseLong(words[5]) : CHECKED_END_BEFORE,
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]));
            }
        } catch (NumberFormatException e) {
            return open(0, 0);
        }
        return open(0, 0);
    }

    /** Written over the old one with one small write of fixed size, which kill -9 does not tear. */
    void write(RandomAccessFile file) throws IOException {
        String text = (closed ? "closed " : "open ") + position + " " + compacted
                + (closed ? " " + length + " " + Integer.toHexString(checksum) + " " + checked : "");
        PrivateFiles.write(file, text + " ".repeat(WIDTH - 1 - text.length()) + "\n");
    }
}
