package dev.railiance.ledger.h2;

import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A copy of a ledger whose file is not believed: looked at so that it can be said what is wrong with it, then thrown away. */
final class InspectedCopy implements AutoCloseable {

    private final Path path;
    private final H2Ledger ledger;

    private InspectedCopy(Path path) {
        this.path = path;
        this.ledger = new H2Ledger(new LedgerLocation.Embedded(path));
    }

    static InspectedCopy of(H2Directory original, Duration patience) {
        var scratch = new H2Directory(
                original.copies().resolve("inspect-" + ProcessHandle.current().pid() + "-" + System.nanoTime()));
        try {
            PrivateFiles.directory(original.copies());
            PrivateFiles.directory(scratch.path());
            long end;
            try (ProcessLock lock = original.lock(System.nanoTime() + patience.toNanos())) {
                end = H2State.read(original.state()).position();
                copy(original.database(), scratch.database());
                copy(original.format(), scratch.format());
            }
            // Closed properly, and noted as such: then it is opened as it is.
            H2Database.connect(scratch.database(), "").close();
            PrivateFiles.close(scratch.database());
            try (RandomAccessFile state = PrivateFiles.open(scratch.state())) {
                H2State.closed(scratch.database(), end, 0).write(state);
            }
            return new InspectedCopy(scratch.path());
        } catch (IOException | SQLException e) {
            delete(scratch.path());
            throw H2Failure.of(e, original.path());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        PrivateFiles.channel(to).close();
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<LedgerSession> open() {
        return ledger.openExisting();
    }

    @Override
    public void close() {
        ledger.close();
        delete(path);
    }

    private static void delete(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // Copies are private, and nobody looks at what is left of one.
            return;
        }
    }
}
