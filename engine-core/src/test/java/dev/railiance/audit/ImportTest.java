package dev.railiance.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.PromotionStatus;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.replay.ReplayReport;
import dev.railiance.replay.Replays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A promotion that moves from one ledger to another while it is under way. */
class ImportTest {

    @TempDir
    Path directory;

    @Test
    void aPromotionIsContinuedWhereTheLedgerHasItsBeginning() throws IOException {
        Path early = bundle(3);
        Path late = bundle(7);
        try (var target = new SampleLedger(directory.resolve("target")).with(1, 3)) {
            assertEquals("imported 3", taken(target, early));
            assertEquals("continued 4", taken(target, late));
            assertEquals("unchanged 0", taken(target, early));
            assertEquals("unchanged 0", taken(target, late));
            target.append(0, 11);
            assertEquals("unchanged 0", taken(target, late));
            var request = new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, false, true);
            AuditVerification found = SampleLedger.value(target.audit().verify(request));
            assertEquals("intact", found.outcome(), found::toString);
            assertEquals(3, found.statuses().orElseThrow().compared());
            ReplayReport again = SampleLedger.value(target.ask(Replays.replay(Optional.empty(), Optional.empty())));
            assertEquals(ReplayReport.Outcome.UNCHANGED, again.outcome(), again::toString);
            assertEquals(33, again.ledger().position());
            try (LedgerSession session = target.ledger().open()) {
                assertEquals(
                        Optional.of(SampleLog.contract(0)),
                        session.kept(SampleLog.digest(SampleLog.contract(0)).value()));
            }
        }
    }

    @Test
    void aPromotionThatWentAnotherWayIsAConflict() throws IOException {
        Path bundle = bundle(7);
        try (var target = new SampleLedger(directory.resolve("target"))) {
            target.append(0, 2);
            PromotionEvent aborted = new PromotionEvent.ValidationErrored(
                    SampleLedger.NOW,
                    new dev.railiance.promotion.Actor("bob"),
                    ((PromotionEvent.PromotionValidated) SampleLog.history(0).get(2)).attempt(),
                    ((PromotionEvent.PromotionValidated) SampleLog.history(0).get(2)).report());
            var history = new ArrayList<>(SampleLog.history(0).subList(0, 2));
            history.add(aborted);
            append(target, SampleLog.CODEC.encode(SampleLog.id(0), 2, aborted), history);
            assertEquals(Code.HISTORY_DIVERGED, code(take(target, bundle)));
        }
    }

    @Test
    void aTargetThatAnotherPromotionHoldsIsRespected() throws IOException {
        Path bundle = bundle(7);
        try (var target = new SampleLedger(directory.resolve("target"))) {
            PromotionOpened opened = (PromotionOpened) SampleLog.history(0).getFirst();
            var rival = new ArrayList<>(SampleLog.history(9).subList(1, 5));
            rival.addFirst(new PromotionOpened(
                    opened.at(),
                    opened.by(),
                    SampleLog.id(9),
                    opened.target(),
                    opened.artifact(),
                    // Under another contract: otherwise it would be the same work, which is open only once.
                    new Digest("sha256:" + Hash.over("another contract")),
                    opened.rules()));
            var events = new ArrayList<StoredEvent>();
            for (PromotionEvent event : rival) {
                events.add(SampleLog.CODEC.encode(SampleLog.id(9), events.size(), event));
            }
            try (LedgerSession session = target.ledger().open()) {
                session.append(Entry.of(
                        events,
                        PromotionStatus.row(
                                Promotion.of(rival), 4, rival.getLast().at())));
            }
            assertEquals(Code.TARGET_BUSY, code(take(target, bundle)));
            // One that is over by now says just as well that the target was its own.
            assertEquals(Code.TARGET_BUSY, code(take(target, bundle(11))));
            assertEquals("imported 3", taken(target, bundle(3)));
        }
    }

    @Test
    void aPromotionThatSomebodyWorksOnIsLeftAlone() throws IOException {
        Path bundle = bundle(7);
        try (var target = new SampleLedger(directory.resolve("target"));
                var lease = target.ledger().lease(SampleLog.id(0)).orElseThrow()) {
            assertEquals(
                    Code.PROMOTION_BUSY,
                    code(take(target, bundle)),
                    () -> lease.fence().toString());
        }
    }

    @Test
    void theSameExportGivesTheSameBytes() throws IOException {
        Path first = bundle(7);
        byte[] before = Files.readAllBytes(first);
        Files.delete(first);
        assertEquals(List.of(), difference(before, Files.readAllBytes(bundle(7))));
    }

    private static List<Integer> difference(byte[] one, byte[] other) {
        int at = java.util.Arrays.mismatch(one, other);
        return at < 0 ? List.of() : List.of(at);
    }

    private static void append(SampleLedger target, StoredEvent event, List<PromotionEvent> history) {
        try (LedgerSession session = target.ledger().open()) {
            session.append(
                    Entry.of(List.of(event), PromotionStatus.row(Promotion.of(history), event.sequence(), event.at())));
        }
    }

    /** The first events of a promotion, from a ledger of their own. */
    private Path bundle(int events) throws IOException {
        try (var sample = new SampleLedger(Files.createTempDirectory(directory, "source"))) {
            sample.append(0, events);
            byte[] archive = SampleLedger.value(
                            sample.audit().export(Optional.of(SampleLog.id(0).value()), Optional.empty()))
                    .archive();
            return Files.write(directory.resolve("bundle-" + events + ".zip"), archive);
        }
    }

    private static String taken(SampleLedger target, Path file) {
        ImportResult result = SampleLedger.value(take(target, file));
        return result.outcome() + " " + result.appended();
    }

    private static Outcome<ImportResult> take(SampleLedger target, Path file) {
        return target.audit().take(new ImportRequest(file, Optional.empty(), true));
    }

    private static Code code(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.NotDone.class, outcome).failure().code();
    }
}
