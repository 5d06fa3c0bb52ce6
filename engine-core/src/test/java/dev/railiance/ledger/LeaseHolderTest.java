package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseHolderTest {

    private static final long TICKS_OF_A_CENTURY = 100L * 60 * 60 * 24 * 36_525;

    private final LeaseHolder self = LeaseHolder.thisProcess();

    @BeforeEach
    void needsProc() {
        assumeTrue(Files.isReadable(Path.of("/proc/1/stat")), "needs a system that shows its processes");
    }

    private LeaseHolder with(long pid, long started) {
        return new LeaseHolder(self.kernel(), pid, started, self.host());
    }

    @Test
    void thisProcessLives() {
        LeaseHolder read = LeaseHolder.parse(self.toString());
        assertEquals(self, read);
        assertTrue(read.isAlive());
        assertFalse(read.hasDied());
    }

    @Test
    void theStartIsToldInTicksThatNoClockMoves() {
        assertTrue(self.started() > 0 && self.started() < TICKS_OF_A_CENTURY, () -> "started " + self.started());
    }

    @Test
    void aLaterProcessWithTheSameIdIsNotTheHolder() {
        assertTrue(with(self.pid(), self.started() + 1).hasDied());
    }

    @Test
    void aProcessThatHasEndedHasDied() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();
        LeaseHolder ended = with(child.pid(), self.started());
        assertTrue(ended.hasDied());
        assertFalse(ended.isAlive());
    }

    @Test
    void withoutAStartOrOnAnotherKernelNothingIsCertain() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();
        LeaseHolder elsewhere = new LeaseHolder("another-kernel/1", child.pid(), self.started(), "build-9");
        for (LeaseHolder unsure : new LeaseHolder[] {with(child.pid(), 0), elsewhere}) {
            assertFalse(unsure.hasDied());
            assertFalse(unsure.isAlive());
        }
    }
}
