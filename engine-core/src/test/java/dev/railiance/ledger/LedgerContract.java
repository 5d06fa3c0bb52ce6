package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.LedgerSession.OnTarget;
import dev.railiance.promotion.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every ledger does, whatever it is stored in. A store's test implements this and says how to make one. */
public interface LedgerContract {

    /** A ledger on the store of this test; the first one finds it empty, the next ones what was stored before. */
    Ledger ledger();

    private static List<StoredEvent> unplaced(List<StoredEvent> events) {
        return events.stream().map(e -> e.placed(0, Seal.NONE)).toList();
    }

    private static void opened(LedgerSession session, int promotion) {
        session.append(List.of(Samples.event(promotion, 0)), Samples.status(promotion, 0, Phase.OPENED));
    }

    private static List<Long> positions(LedgerSession session, long after) {
        List<Long> positions = new ArrayList<>();
        session.scan(after, event -> positions.add(event.position()));
        return positions;
    }

    private static LedgerException.Kind refusal(Runnable act) {
        return assertThrows(LedgerException.class, act::run).kind();
    }

    @Test
    default void whatWasAppendedIsReadByTheNextOne() {
        List<StoredEvent> events = Samples.events(1, 0, 3);
        StatusRow status = Samples.status(1, 2, Phase.VALIDATED);
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(events, status);
        }
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            assertEquals(events, unplaced(session.read(Samples.id(1), 0)));
            assertEquals(events.subList(2, 3), unplaced(session.read(Samples.id(1), 2)));
            assertEquals(Optional.of(status), session.status(Samples.id(1)));
        }
    }

    @Test
    default void aPromotionThatIsNotKnownHasNoEventsAndNoStatus() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 1);
            assertEquals(List.of(), session.read(Samples.id(2), 0));
            assertEquals(Optional.empty(), session.status(Samples.id(2)));
            assertEquals(List.of(), session.read(Samples.id(1), 1));
            assertFalse(session.read(Samples.id(1), 0).isEmpty());
        }
    }

    @Test
    default void positionsCountThroughAllPromotionsFromOne() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 1);
            opened(session, 2);
            session.append(Samples.events(1, 1, 2), Samples.status(1, 2, Phase.VALIDATED));
            assertEquals(List.of(1L, 2L, 3L, 4L), positions(session, 0));
            assertEquals(List.of(4L), positions(session, 3));
            assertEquals(List.of(), positions(session, 4));
        }
    }

    @Test
    default void aScanCrossesPagesInOrder() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 1_000), Samples.status(1, 999, Phase.OPENED));
            List<StoredEvent> scanned = new ArrayList<>();
            session.scan(0, scanned::add);
            assertEquals(Samples.events(1, 0, 1_000), unplaced(scanned));
        }
    }

    @Test
    default void aReaderThatGivesUpEndsTheScanAndTheSessionGoesOn() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 2_000), Samples.status(1, 1_999, Phase.OPENED));
            List<Long> seen = new ArrayList<>();
            assertThrows(
                    ArithmeticException.class,
                    () -> session.scan(0, event -> {
                        seen.add(event.position());
                        if (event.position() == 700) {
                            throw new ArithmeticException("enough");
                        }
                    }));
            assertEquals(700, seen.size());
            session.append(Samples.events(1, 2_000, 1), Samples.status(1, 2_000, Phase.OPENED));
            assertEquals(2_001, positions(session, 0).size());
        }
    }

    @Test
    default void aReaderOfAScanMayAskOtherThings() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 600), Samples.status(1, 599, Phase.OPENED));
            List<Long> seen = new ArrayList<>();
            session.scan(0, event -> {
                assertTrue(session.status(event.promotion()).isPresent());
                seen.add(event.position());
            });
            assertEquals(600, seen.size());
        }
    }

    @Test
    default void payloadsOfEverySizeComeBackAsTheyWere() {
        int[] sizes = {40, 255, 4_000, 65_535, 65_536, 65_537, 1_500_000, 3_000_000};
        try (Ledger ledger = ledger()) {
            List<StoredEvent> events = new ArrayList<>();
            for (int i = 0; i < sizes.length; i++) {
                events.add(Samples.event(1, i, sizes[i]));
            }
            try (LedgerSession session = ledger.open()) {
                session.append(events, Samples.status(1, sizes.length - 1, Phase.OPENED));
            }
            try (LedgerSession session = ledger.open()) {
                assertTrue(events.equals(unplaced(session.read(Samples.id(1), 0))), "some payload has changed");
            }
        }
    }

    @Test
    default void aTakenSequenceIsAConflictAndNothingIsAppended() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 3), Samples.status(1, 2, Phase.VALIDATED));
            assertEquals(
                    LedgerException.Kind.CONFLICT,
                    refusal(() -> session.append(Samples.events(1, 2, 2), Samples.status(1, 3, Phase.ABORTED))));
            assertEquals(3, session.read(Samples.id(1), 0).size());
            assertEquals(Optional.of(Samples.status(1, 2, Phase.VALIDATED)), session.status(Samples.id(1)));
            session.append(Samples.events(1, 3, 1), Samples.status(1, 3, Phase.ABORTED));
            assertEquals(List.of(1L, 2L, 3L, 4L), positions(session, 0));
        }
    }

    @Test
    default void aSequenceThatLeavesAGapIsRefused() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 1);
            assertEquals(
                    LedgerException.Kind.CONFLICT,
                    refusal(() -> session.append(Samples.events(1, 2, 1), Samples.status(1, 2, Phase.VALIDATED))));
            assertEquals(
                    LedgerException.Kind.CONFLICT,
                    refusal(() -> session.append(Samples.events(2, 1, 1), Samples.status(2, 1, Phase.VALIDATED))));
            assertEquals(List.of(1L), positions(session, 0));
        }
    }

    @Test
    default void onlyOnePromotionIsInFlightOnATarget() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            StatusRow flying = Samples.status(1, 0, Phase.CANARY_DEPLOYING, Samples.target(7));
            session.append(Samples.events(1, 0, 1), flying);
            assertEquals(Optional.of(Samples.id(1)), session.holder(Samples.target(7)));
            assertEquals(
                    LedgerException.Kind.TARGET_HELD,
                    refusal(() -> session.append(
                            Samples.events(2, 0, 1), Samples.status(2, 0, Phase.PROMOTING, Samples.target(7)))));
            assertEquals(List.of(), session.read(Samples.id(2), 0));
            assertEquals(List.of(1L), positions(session, 0));
        }
    }

    @Test
    default void aTargetIsFreeAgainAfterThePromotionOnIt() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 1), Samples.status(1, 0, Phase.CANARY_DEPLOYED, Samples.target(7)));
            session.append(Samples.events(2, 0, 1), Samples.status(2, 0, Phase.VALIDATED, Samples.target(7)));
            session.append(Samples.events(3, 0, 1), Samples.status(3, 0, Phase.CANARY_DEPLOYED, Samples.target(8)));
            session.append(Samples.events(1, 1, 1), Samples.status(1, 1, Phase.ROLLED_BACK, Samples.target(7)));
            assertEquals(Optional.empty(), session.holder(Samples.target(7)));
            session.append(Samples.events(2, 1, 1), Samples.status(2, 1, Phase.PROMOTING, Samples.target(7)));
            assertEquals(Optional.of(Samples.id(2)), session.holder(Samples.target(7)));
            assertEquals(Optional.of(Samples.id(3)), session.holder(Samples.target(8)));
        }
    }

    @Test
    default void whatIsInProductionOnATargetIsKnownUntilSomethingElseIs() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 1), Samples.status(1, 0, Phase.PROMOTED, Samples.target(7)));
            session.append(Samples.events(2, 0, 1), Samples.status(2, 0, Phase.CANARY_DEPLOYED, Samples.target(7)));
            assertEquals(
                    new OnTarget(Optional.of(Samples.id(2)), Optional.of(Samples.id(1))),
                    session.onTarget(Samples.target(7)));
            assertEquals(OnTarget.NOTHING, session.onTarget(Samples.target(8)));
            assertEquals(
                    List.of(Samples.id(1)),
                    session.inPhase(Samples.target(7), Phase.PROMOTED).stream()
                            .map(StatusRow::promotion)
                            .toList());
            assertEquals(List.of(), session.inPhase(Samples.target(8), Phase.PROMOTED));
            session.append(Samples.events(1, 1, 1), Samples.status(1, 1, Phase.SUPERSEDED, Samples.target(7)));
            session.append(Samples.events(2, 1, 1), Samples.status(2, 1, Phase.PROMOTED, Samples.target(7)));
            assertEquals(Optional.of(Samples.id(2)), session.inProduction(Samples.target(7)));
            session.append(Samples.events(2, 2, 1), Samples.status(2, 2, Phase.ROLLED_BACK, Samples.target(7)));
            assertEquals(
                    Optional.of(Samples.id(1)),
                    session.inProduction(Samples.target(7)),
                    "what was superseded is back, with its rules");
        }
    }

    @Test
    default void theLatestChangeIsListedFirst() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            for (int promotion = 1; promotion <= 3; promotion++) {
                opened(session, promotion);
            }
            session.append(Samples.events(2, 1, 1), Samples.status(2, 1, Phase.VALIDATED));
            List<StatusRow> rows = session.statuses(10);
            assertEquals(3, rows.size());
            assertEquals(Samples.status(2, 1, Phase.VALIDATED), rows.getFirst());
            assertEquals(rows.subList(0, 2), session.statuses(2));
        }
    }

    @Test
    default void aPrefixFindsThePromotionsThatBeginWithIt() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 0x10);
            opened(session, 0x1f);
            opened(session, 0x20);
            assertEquals(3, session.statusesByPrefix("01890000-", 10).size());
            assertEquals(2, session.statusesByPrefix("01890000-", 2).size());
            assertEquals(
                    2,
                    session.statusesByPrefix("01890000-0000-7000-8000-00000000001", 10)
                            .size());
            assertEquals(
                    1, session.statusesByPrefix(Samples.id(0x20).value(), 10).size());
            assertEquals(3, session.statusesByPrefix("", 10).size());
            for (String none : List.of(
                    "%", "_1890000", "'", "\\", "0189_", Samples.id(0x20).value() + "0")) {
                assertEquals(List.of(), session.statusesByPrefix(none, 10));
            }
        }
    }

    private static StatusRow sameWork(int promotion, long sequence, Phase phase) {
        return Samples.status(promotion, sequence, phase, Samples.target(7), "sha256:artifact");
    }

    @Test
    default void thePromotionThatHasNotEndedIsTheCurrentOne() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            for (int promotion = 1; promotion <= 3; promotion++) {
                Phase phase = promotion == 2 ? Phase.OPENED : Phase.ABORTED;
                session.append(Samples.events(promotion, 0, 1), sameWork(promotion, 0, phase));
            }
            assertEquals(
                    Optional.of(Samples.id(2)),
                    session.current(Samples.target(7), "sha256:artifact", "sha256:contract")
                            .map(StatusRow::promotion));
            assertEquals(Optional.empty(), session.current(Samples.target(7), "sha256:other", "sha256:contract"));
            assertEquals(Optional.empty(), session.current(Samples.target(7), "sha256:artifact", "sha256:other"));
            assertEquals(Optional.empty(), session.current(Samples.target(8), "sha256:artifact", "sha256:contract"));
        }
    }

    @Test
    default void replacedStatusesAreTheOnesThatCount() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 1);
            opened(session, 2);
            session.replaceStatuses(List.of(Samples.status(2, 5, Phase.PROMOTING)));
            assertEquals(List.of(Samples.status(2, 5, Phase.PROMOTING)), session.statuses(10));
            assertEquals(Optional.of(Samples.id(2)), session.holder(Samples.target(2)));
            assertEquals(2, positions(session, 0).size());
        }
    }

    @Test
    default void replacingStatusesIsAllOrNothing() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 1);
            List<StatusRow> contradiction = List.of(
                    Samples.status(2, 0, Phase.PROMOTING, Samples.target(7)),
                    Samples.status(3, 0, Phase.PROMOTING, Samples.target(7)));
            assertEquals(LedgerException.Kind.TARGET_HELD, refusal(() -> session.replaceStatuses(contradiction)));
            assertEquals(List.of(Samples.status(1, 0, Phase.OPENED)), session.statuses(10));
        }
    }

    @Test
    default void nothingIsAppendedInTheMiddleOfAnotherTransaction() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 1);
            assertThrows(
                    IllegalStateException.class,
                    () -> session.replaceStatuses(() -> {
                        opened(session, 2);
                        return List.<StatusRow>of().iterator();
                    }));
            assertEquals(List.of(1L), positions(session, 0));
            assertEquals(List.of(Samples.status(1, 0, Phase.OPENED)), session.statuses(10));
        }
    }

    @Test
    default void timesKeepTheirMicroseconds() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            Instant early = Instant.parse("1969-12-31T23:59:59.999999Z");
            StoredEvent event = new StoredEvent(Samples.id(1), 0, "promotion.sampled", 3, early, "{}");
            session.append(List.of(event), Samples.status(1, 0, Phase.OPENED));
            assertEquals(List.of(event), unplaced(session.read(Samples.id(1), 0)));
        }
    }

    @Test
    default void lookingDoesNotMakeALedger() {
        try (Ledger ledger = ledger()) {
            assertEquals(Optional.empty(), ledger.openExisting());
            try (LedgerSession session = ledger.open()) {
                opened(session, 1);
            }
            try (LedgerSession session = ledger.openExisting().orElseThrow()) {
                assertEquals(1, session.statuses(10).size());
            }
        }
    }

    @Test
    default void aSessionInsideASessionIsTheSame() {
        try (Ledger ledger = ledger()) {
            try (LedgerSession outer = ledger.open()) {
                try (LedgerSession inner = ledger.openExisting().orElseThrow()) {
                    assertSame(outer, inner);
                }
                opened(outer, 1);
                assertEquals(1, outer.statuses(10).size());
            }
            try (LedgerSession looking = ledger.openExisting().orElseThrow()) {
                try (LedgerSession writing = ledger.open()) {
                    opened(writing, 2);
                }
                assertEquals(2, looking.statuses(10).size());
            }
        }
    }

    @Test
    default void aLeaseIsHeldByOneUntilItIsClosed() {
        try (Ledger one = ledger();
                Ledger other = ledger()) {
            Ledger.Lease lease = one.lease(Samples.id(1)).orElseThrow();
            assertTrue(one.lease(Samples.id(1)).isEmpty());
            assertTrue(other.lease(Samples.id(1)).isEmpty());
            other.lease(Samples.id(2)).orElseThrow().close();
            lease.close();
            Ledger.Lease next = other.lease(Samples.id(1)).orElseThrow();
            lease.close();
            assertTrue(one.lease(Samples.id(1)).isEmpty());
            next.close();
        }
    }

    @Test
    default void aClosedLedgerGivesItsLeasesUp() {
        try (Ledger other = ledger()) {
            try (Ledger one = ledger()) {
                assertTrue(one.lease(Samples.id(1)).isPresent());
            }
            assertTrue(other.lease(Samples.id(1)).isPresent());
        }
    }

    @Test
    default void everyEventIsSealedToItsPredecessors() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 2), Samples.status(1, 1, Phase.OPENED));
            opened(session, 2);
            session.append(Samples.events(1, 2, 1), Samples.status(1, 2, Phase.VALIDATED));
            List<StoredEvent> scanned = new ArrayList<>();
            session.scan(0, scanned::add);
            Hash one = EventSeal.event(Samples.event(1, 0), Hash.ZERO);
            Hash two = EventSeal.event(Samples.event(1, 1), one);
            Hash other = EventSeal.event(Samples.event(2, 0), Hash.ZERO);
            Hash three = EventSeal.event(Samples.event(1, 2), two);
            List<Seal> seals = new ArrayList<>();
            Hash before = Hash.ZERO;
            for (Hash event : List.of(one, two, other, three)) {
                before = EventSeal.ledger(before, seals.size() + 1, event);
                seals.add(new Seal(event, before));
            }
            assertEquals(seals, scanned.stream().map(StoredEvent::seal).toList());
            assertEquals(new LedgerSession.Head(4, before), session.head());
        }
    }

    @Test
    default void anEmptyLedgerEndsAtZero() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            assertEquals(LedgerSession.Head.EMPTY, session.head());
            opened(session, 1);
            assertEquals(1, session.head().position());
        }
    }

    @Test
    default void documentsAreKeptOnceUnderTheirDigest() {
        KeptDocument contract = KeptDocument.of("schema = \"railiance.app.v1\" # ü€𝄞\r\n");
        KeptDocument large = KeptDocument.of("x".repeat(300_000));
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            for (int promotion = 1; promotion <= 2; promotion++) {
                session.append(new Entry(
                        Samples.events(promotion, 0, 1),
                        Samples.status(promotion, 0, Phase.OPENED),
                        Fence.NONE,
                        List.of(contract, large)));
            }
            assertEquals(Optional.of(contract.content()), session.kept(contract.digest()));
            assertEquals(Optional.of(large.content()), session.kept(large.digest()));
            assertEquals(Optional.empty(), session.kept("sha256:" + Hash.ZERO));
        }
    }

    @Test
    default void documentsAreKeptWithoutAnEvent() {
        KeptDocument receipt = KeptDocument.of("told");
        KeptDocument other = KeptDocument.of("told too");
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 1);
            session.keep(List.of(receipt));
            session.keep(List.of(receipt, other));
            assertEquals(Optional.of("told"), session.kept(receipt.digest()));
            assertEquals(Optional.of("told too"), session.kept(other.digest()));
            assertEquals(1, session.head().position());
        }
    }

    @Test
    default void documentsOfARefusedEntryAreNotKept() {
        KeptDocument contract = KeptDocument.of("refused");
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            opened(session, 1);
            refusal(() -> session.append(new Entry(
                    Samples.events(1, 0, 1), Samples.status(1, 0, Phase.OPENED), Fence.NONE, List.of(contract))));
            assertEquals(Optional.empty(), session.kept(contract.digest()));
            assertEquals(1, session.head().position());
        }
    }

    private static Entry under(Ledger.Lease lease, int promotion, long sequence) {
        return new Entry(
                Samples.events(promotion, sequence, 1),
                Samples.status(promotion, sequence, Phase.OPENED),
                lease.fence(),
                List.of());
    }

    @Test
    default void whoHoldsTheLeaseAppendsUnderIt() {
        try (Ledger ledger = ledger();
                Ledger.Lease lease = ledger.lease(Samples.id(1)).orElseThrow();
                LedgerSession session = ledger.open()) {
            session.append(under(lease, 1, 0));
            session.append(under(lease, 1, 1));
            assertEquals(2, session.read(Samples.id(1), 0).size());
        }
    }

    @Test
    default void aLeaseThatWasGivenBackIsWorthNothing() {
        try (Ledger ledger = ledger()) {
            Ledger.Lease old = ledger.lease(Samples.id(1)).orElseThrow();
            old.close();
            try (LedgerSession session = ledger.open()) {
                assertEquals(LedgerException.Kind.LEASE_LOST, refusal(() -> session.append(under(old, 1, 0))));
            }
            try (Ledger.Lease next = ledger.lease(Samples.id(1)).orElseThrow();
                    LedgerSession session = ledger.open()) {
                assertTrue(next.fence().token() > old.fence().token());
                assertEquals(LedgerException.Kind.LEASE_LOST, refusal(() -> session.append(under(old, 1, 0))));
                assertEquals(LedgerSession.Head.EMPTY, session.head());
                session.append(under(next, 1, 0));
            }
        }
    }

    @Test
    default void everyoneMayKnowWhoHasALease() {
        try (Ledger one = ledger();
                Ledger other = ledger()) {
            assertEquals(Optional.empty(), other.leaseholder(Samples.id(1)));
            Ledger.Lease lease = one.lease(Samples.id(1)).orElseThrow();
            assertEquals(Optional.of(LeaseHolder.thisProcess()), other.leaseholder(Samples.id(1)));
            lease.close();
            assertEquals(Optional.empty(), other.leaseholder(Samples.id(1)));
        }
    }

    @Test
    default void theSameWorkIsOpenOnlyOnce() {
        try (Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 1), sameWork(1, 0, Phase.OPENED));
            assertEquals(
                    LedgerException.Kind.CONFLICT,
                    refusal(() -> session.append(Samples.events(2, 0, 1), sameWork(2, 0, Phase.OPENED))));
            session.append(Samples.events(1, 1, 1), sameWork(1, 1, Phase.ABORTED));
            session.append(Samples.events(2, 0, 1), sameWork(2, 0, Phase.OPENED));
            assertEquals(2, session.statuses(10).size());
        }
    }
}
