package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedPromotionTest extends RememberedPromotion {

    @TempDir
    Path directory;

    @Override
    PromotionEngine open() {
        return PromotionEngine.open(new LedgerLocation.Embedded(directory.resolve("ledger")));
    }

    @Test
    void anOlderCopyThatWasPutInPlaceOfTheLedgerIsBelieved() throws Exception {
        awaitClosed();
        copy(directory.resolve("ledger"), directory.resolve("copy"));
        assertAccepted(engine.handle(ID, START));
        awaitClosed();
        copy(directory.resolve("copy"), directory.resolve("ledger"));

        assertAccepted(engine.handle(ID, START));
    }

    /** The store is closed a moment after it was used last. */
    private void awaitClosed() throws Exception {
        Path state = directory.resolve("ledger/ledger.state");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.readString(state).startsWith("closed ") && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertTrue(Files.readString(state).startsWith("closed "));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
