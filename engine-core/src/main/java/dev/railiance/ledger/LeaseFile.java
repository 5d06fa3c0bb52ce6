package dev.railiance.ledger;

import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lease on a promotion: a locked file. Such files are made, locked and removed only by who holds the lock of their
 * directory, for otherwise somebody could lock a file that somebody else is just removing.
 */
final class LeaseFile implements Ledger.Lease {

    private final H2Directory directory;
    private final Path file;
    private final ProcessLock lock;
    private final Consumer<LeaseFile> whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LeaseFile(H2Directory directory, Path file, ProcessLock lock, Consumer<LeaseFile> whenClosed) {
        this.directory = directory;
        this.file = file;
        this.lock = lock;
        this.whenClosed = whenClosed;
    }

    /** Null if somebody else has it. */
    static @Nullable LeaseFile tryTake(
            H2Directory directory, PromotionId promotion, Duration patience, Consumer<LeaseFile> whenClosed) {
        directory.exists();
        directory.make();
        try {
            PrivateFiles.directory(directory.leases());
            ProcessLock all = directory.lockLeases(System.nanoTime() + patience.toNanos());
            if (all == null) {
                throw new LedgerException(
                        LedgerException.Kind.BUSY, "another process keeps the leases in " + directory.path());
            }
            try {
                Path file = directory.leases().resolve(promotion.value() + ".lock");
                ProcessLock lock = ProcessLock.tryTake(directory.turnstile(), slot(promotion), file);
                return lock == null ? null : new LeaseFile(directory, file, lock, whenClosed);
            } finally {
                all.close();
            }
        } catch (IOException e) {
            throw H2Failure.of(e, directory.path());
        }
    }

    /** Beyond the slots of the directory's own locks; the low half of a UUID, without its fixed bits, tells promotions apart. */
    private static long slot(PromotionId promotion) {
        String digits = promotion.value().replace("-", "");
        return (1L << 62) | (Long.parseUnsignedLong(digits, 16, 32, 16) & ((1L << 62) - 1));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        whenClosed.accept(this);
        try (lock) {
            removeIfPossible();
        } catch (IOException e) {
            throw H2Failure.of(e, directory.path());
        }
    }

    /** Giving the lease back matters, the empty file does not: it stays if it cannot be removed at once. */
    private void removeIfPossible() throws IOException {
        ProcessLock all = directory.lockLeases(System.nanoTime());
        if (all != null) {
            try {
                Files.deleteIfExists(file);
            } finally {
                all.close();
            }
        }
    }
}
