package dev.railiance.ledger.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own, which only root can mount. */
class H2LedgerDiskTest {

    @TempDir
    Path temporary;

    private Path disk = Path.of(".");

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(temporary.resolve("disk"));
        boolean mounted = Files.isExecutable(Path.of("/bin/mount"))
                && run("/bin/mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
        assumeTrue(mounted, "needs the right to mount a small tmpfs");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (Files.isExecutable(Path.of("/bin/umount"))) {
            run("/bin/umount", "-l", disk.toString());
        }
    }

    private static void append(LedgerSession session, long sequence) {
        session.append(List.of(Samples.event(1, sequence, 2_000)), Samples.status(1, sequence, Phase.OPENED));
    }

    @Test
    void onAFullDiskNothingThatWasAcknowledgedIsLost() throws IOException {
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[1_200_000]);
        long acknowledged = 0;
        try (H2Ledger ledger = new H2Ledger(LedgerLocation.of(disk))) {
            LedgerException full = null;
            while (full == null && acknowledged < 10_000) {
                try (LedgerSession session = ledger.open()) {
                    for (int i = 0; i < 7; i++) {
                        append(session, acknowledged);
                        acknowledged++;
                    }
                } catch (LedgerException e) {
                    full = e;
                }
            }
            assertEquals(LedgerException.Kind.UNAVAILABLE, full == null ? null : full.kind(), String.valueOf(full));
            assertTrue(acknowledged > 5, "full too early");
            Files.delete(ballast);
            try (LedgerSession session = ledger.open()) {
                List<StoredEvent> events = session.read(Samples.id(1), 0);
                assertTrue(events.size() >= acknowledged, () -> "only " + events.size());
                for (int sequence = 0; sequence < events.size(); sequence++) {
                    assertEquals(
                            Samples.event(1, sequence, 2_000).payload(),
                            events.get(sequence).payload());
                }
                append(session, events.size());
            }
        }
    }

    @Test
    void aDiskWithoutAnySpaceTakesNoLedger() throws IOException {
        try {
            Files.write(disk.resolve("ballast"), new byte[4 << 20]);
        } catch (IOException e) {
            assertTrue(Files.size(disk.resolve("ballast")) > 0, "the disk is not the small one");
        }
        try (H2Ledger ledger = new H2Ledger(LedgerLocation.of(disk))) {
            assertEquals(
                    LedgerException.Kind.UNAVAILABLE,
                    assertThrows(LedgerException.class, ledger::open).kind());
            Files.delete(disk.resolve("ballast"));
            try (LedgerSession session = ledger.open()) {
                append(session, 0);
            }
        }
    }

    @Test
    void aLedgerThatMayNotBeWrittenIsUnavailable() throws IOException, InterruptedException {
        try (H2Ledger ledger = new H2Ledger(LedgerLocation.of(disk))) {
            try (LedgerSession session = ledger.open()) {
                append(session, 0);
            }
            assumeTrue(run("/bin/mount", "-o", "remount,ro", disk.toString()), "needs the right to mount");
            for (Runnable act :
                    List.<Runnable>of(ledger::open, ledger::openExisting, () -> ledger.lease(Samples.id(1)))) {
                LedgerException refused = assertThrows(LedgerException.class, act::run);
                assertEquals(LedgerException.Kind.UNAVAILABLE, refused.kind(), refused.getMessage());
            }
        }
        try (H2Ledger nowhere = new H2Ledger(LedgerLocation.of(disk.resolve("new")))) {
            assertEquals(
                    LedgerException.Kind.UNAVAILABLE,
                    assertThrows(LedgerException.class, nowhere::open).kind());
        }
    }
}
