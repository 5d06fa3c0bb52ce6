package dev.railiance.ledger.h2;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files that H2 opens and an interrupted thread leaves open: the JDK's channels close under all threads as soon as one that
 * is interrupted uses them, and the database with them. H2's own {@code async:} survives too, but costs a change of threads
 * for each read and write; its {@code retry:} forgets the interrupt, and survives only a few. Public for H2's sake, which
 * makes more of them.
 */
public final class SteadyFiles extends FilePathWrapper {

    /** Put before a file's path. */
    static final String SCHEME = "steady";

    /** For H2. */
    public SteadyFiles() {}

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new SteadyFile(new RandomAccessFile(unwrap().toString(), mode));
    }

    private static final class SteadyFile extends FileBaseDefault {

        private final RandomAccessFile file;

        SteadyFile(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public synchronized int read(ByteBuffer into, long position) throws IOException {
            byte[] bytes = new byte[into.remaining()];
            file.seek(position);
            int read = file.read(bytes);
            if (read > 0) {
                into.put(bytes, 0, read);
            }
            return read;
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            file.seek(position);
            file.write(bytes);
            return bytes.length;
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            // H2 asks for shorter files only.
            if (size < file.length()) {
                file.setLength(size);
            }
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.getFD().sync();
        }

        /** To try is not a wait, which is why an interrupt does not end it. */
        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.getChannel().tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
