package dev.railiance.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.audit.Chain.Fit;
import dev.railiance.audit.Tampering.Kind;
import dev.railiance.audit.Verifier.Finding;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.Seal;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Everything that can be done to a log of 1,000 events, and that each is found where it was done. */
class TamperSweepTest {

    private static final List<StoredEvent> LOG = SampleLog.of(1_000);

    @Test
    void aLogAsItWasWrittenIsIntact() {
        Finding finding = Verifier.whole(TableLog.of(LOG), SampleLog.CODEC, Optional.of(SampleLog.checkpoint(LOG)))
                .verify();
        assertEquals(Optional.empty(), finding.fault());
        assertEquals(1_000, finding.events());
        assertEquals(SampleLog.head(LOG).hash(), finding.hash());
    }

    @Test
    void bytesOfEveryColumnOfEveryRowAreSealed() {
        var random = new Random(1);
        var chain = new Chain(new Heads(TableLog.of(LOG), Verifier.HEADS));
        int flips = 0;
        for (StoredEvent event : LOG) {
            Row row = Row.of(event);
            for (int at = 0; at < row.bytes(); at += 1 + random.nextInt(8)) {
                assertTrue(refused(chain, row.flipped(at, 1 << random.nextInt(8))), at + " of " + event);
                flips++;
            }
            assertEquals(Fit.RIGHT, chain.next(event));
        }
        assertTrue(flips >= 50_000, "flips: " + flips);
    }

    /** A row that cannot be read is refused as well. */
    private static boolean refused(Chain chain, Row row) {
        StoredEvent changed;
        try {
            changed = row.event();
        } catch (RuntimeException e) {
            return true;
        }
        return chain.next(changed) != Fit.RIGHT;
    }

    @Test
    void aChangedByteIsReportedAtItsEvent() {
        var random = new Random(2);
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        for (int i = 0; i < 500; i++) {
            int index = random.nextInt(LOG.size());
            Row row = Row.of(LOG.get(index));
            int at = 8 + random.nextInt(row.bytes() - 8);
            Tampering fault = fault(TableLog.with(LOG, index, row.flipped(at, 1 + random.nextInt(255))));
            assertEquals(index + 1, fault.position(), at + ": " + fault);
            kinds.merge(fault.kind(), 1, Integer::sum);
        }
        assertTrue(kinds.getOrDefault(Kind.CHANGED, 0) > 400, kinds.toString());
        assertEquals(List.of(Kind.CHANGED, Kind.UNREADABLE), List.copyOf(kinds.keySet()), kinds.toString());
    }

    @Test
    void anEventWhosePositionWasChangedIsNamed() {
        var random = new Random(3);
        for (int index = 0; index < LOG.size(); index += 7) {
            StoredEvent event = LOG.get(index);
            long elsewhere = Row.of(event)
                    .flipped(random.nextInt(8), 1 << random.nextInt(8))
                    .event()
                    .position();
            var changed = new ArrayList<>(LOG);
            changed.set(index, event.placed(elsewhere, event.seal()));
            Tampering fault = fault(TableLog.of(changed));
            assertEquals(Optional.of(event.promotion()), fault.promotion(), fault::toString);
            assertEquals(event.sequence(), fault.sequence().orElseThrow(), fault::toString);
        }
    }

    @Test
    void everyDeletionLeavesAGapThatIsReportedAsMissing() {
        for (int index = 0; index < LOG.size() - 1; index++) {
            var changed = new ArrayList<>(LOG);
            changed.remove(index);
            assertFault(Kind.MISSING, index + 1, changed);
        }
    }

    @Test
    void aDeletionThatMovesTheRestUpIsReportedAsMissing() {
        for (int index = 0; index < LOG.size() - 2; index += 3) {
            var changed = new ArrayList<>(LOG);
            changed.remove(index);
            assertFault(Kind.MISSING, index + 1, renumbered(changed));
        }
    }

    @Test
    void everySwapOfNeighboursIsReportedAsOutOfOrder() {
        for (int index = 0; index < LOG.size() - 1; index++) {
            var changed = new ArrayList<>(LOG);
            Collections.swap(changed, index, index + 1);
            assertFault(Kind.OUT_OF_ORDER, index + 1, renumbered(changed));
        }
    }

    @Test
    void everySwapOfDistantEventsIsReportedAsOutOfOrder() {
        var random = new Random(4);
        for (int i = 0; i < 1_000; i++) {
            int first = random.nextInt(LOG.size() - 1);
            int second = first + 1 + random.nextInt(LOG.size() - first - 1);
            var changed = new ArrayList<>(LOG);
            Collections.swap(changed, first, second);
            assertFault(Kind.OUT_OF_ORDER, first + 1, renumbered(changed));
        }
    }

    @Test
    void everyDuplicateIsReportedAsInserted() {
        var random = new Random(5);
        for (int index = 0; index < LOG.size(); index++) {
            var changed = new ArrayList<>(LOG);
            changed.add(index, LOG.get(random.nextInt(LOG.size())));
            // Of twins side by side, the second is one too many.
            int twin = changed.get(index).equals(changed.get(index + 1)) ? 1 : 0;
            assertFault(Kind.INSERTED, index + 1 + twin, renumbered(changed));
        }
    }

    @Test
    void aForgedEventWithWrongHashesIsReportedAsInserted() {
        for (int index = 0; index < LOG.size(); index += 5) {
            var changed = new ArrayList<>(LOG);
            StoredEvent model = LOG.get(index);
            changed.add(index, forged(model, new Seal(Hash.over("a"), Hash.over("b"))));
            assertFault(Kind.INSERTED, index + 1, renumbered(changed));
        }
    }

    @Test
    void aForgedEventWithRightHashesIsReportedAsInserted() {
        for (int index = 0; index < LOG.size(); index += 5) {
            var changed = new ArrayList<>(LOG.subList(0, index));
            StoredEvent opening = SampleLog.CODEC.encode(
                    SampleLog.id(1_000_000), 0, SampleLog.history(1_000_000).getFirst());
            changed.add(SampleLog.sealed(changed, null, opening));
            changed.addAll(LOG.subList(index, LOG.size()));
            assertFault(Kind.INSERTED, index + 1, renumbered(changed));
        }
    }

    @Test
    void aRewrittenEventWithRightHashesIsNoticedAtItsSuccessor() {
        for (int index = 0; index < LOG.size() - 1; index += 5) {
            var changed = new ArrayList<>(LOG);
            StoredEvent event = LOG.get(index);
            StoredEvent other = new StoredEvent(
                    event.promotion(),
                    event.sequence(),
                    event.type(),
                    event.version(),
                    event.at().plusSeconds(1),
                    event.payload());
            Hash previous = index == 0 ? Hash.ZERO : LOG.get(index - 1).seal().ledger();
            changed.set(index, EventSeal.seal(other, predecessor(event), previous, index + 1L));
            assertFault(Kind.CHANGED, index + 2, changed);
        }
    }

    @Test
    void anAnchorCatchesEveryTruncation() {
        Checkpoint anchor = SampleLog.checkpoint(LOG);
        for (int size = 0; size < LOG.size(); size += 9) {
            List<StoredEvent> cut = LOG.subList(0, size);
            assertEquals(Optional.empty(), verify(cut, Optional.empty()).fault());
            Tampering fault = verify(cut, Optional.of(anchor)).fault().orElseThrow();
            assertEquals(Kind.TRUNCATED, fault.kind());
            assertEquals(size + 1, fault.position());
        }
    }

    @Test
    void whatTheLogKeepsOfItsEndIsAnAnchorToo() {
        Head end = SampleLog.head(LOG);
        assertEquals(Optional.empty(), ending(LOG, end).fault());
        Tampering cut = ending(LOG.subList(0, 900), end).fault().orElseThrow();
        assertEquals("TRUNCATED 901", cut.kind() + " " + cut.position());
        Tampering other = ending(LOG, new Head(500, end.hash())).fault().orElseThrow();
        assertEquals("REWRITTEN 500", other.kind() + " " + other.position());
        // Somebody appends while it is read.
        assertEquals(
                Optional.empty(),
                ending(LOG, SampleLog.head(LOG.subList(0, 700))).fault());
    }

    private static Finding ending(List<StoredEvent> events, Head end) {
        EventLog table = TableLog.of(events);
        var log = new EventLog() {
            @Override
            public void scan(Consumer<StoredEvent> reader) {
                table.scan(reader);
            }

            @Override
            public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
                return table.read(promotion, fromSequence);
            }

            @Override
            public Optional<Head> head() {
                return Optional.of(end);
            }
        };
        return Verifier.whole(log, SampleLog.CODEC, Optional.empty()).verify();
    }

    @Test
    void anEventIsWhatRailianceWritesToTheByte() {
        StoredEvent opening = LOG.getFirst();
        StoredEvent later = resealed(opening, opening.at().plusSeconds(1), opening.payload());
        StoredEvent absent = resealed(
                opening, opening.at(), opening.payload().replace("\"dirty\":false,", "\"dirty\":false,\"none\":null,"));
        StoredEvent spelled = resealed(opening, opening.at(), opening.payload().replace("\"PT24H\"", "\"PT1440M\""));
        for (StoredEvent event : List.of(later, absent, spelled)) {
            Tampering fault = Verifier.whole(TableLog.of(List.of(event)), SampleLog.CODEC, Optional.empty())
                    .verify()
                    .fault()
                    .orElseThrow();
            assertEquals("IMPOSSIBLE 1", fault.kind() + " " + fault.position(), event::payload);
        }
    }

    private static StoredEvent resealed(StoredEvent event, Instant at, String payload) {
        return SampleLog.sealed(
                List.of(),
                null,
                new StoredEvent(event.promotion(), event.sequence(), event.type(), event.version(), at, payload));
    }

    @Test
    void anAnchorCatchesALedgerThatWasWrittenAnew() {
        List<StoredEvent> other = SampleLog.of(1_200).subList(0, 1_000);
        var rewritten = new ArrayList<StoredEvent>();
        for (StoredEvent event : other) {
            Head head = SampleLog.head(rewritten);
            StoredEvent before = rewritten.reversed().stream()
                    .filter(one -> one.promotion().equals(event.promotion()))
                    .findFirst()
                    .orElse(null);
            StoredEvent altered = event.position() == 500 ? forged(event, Seal.NONE) : event;
            rewritten.add(EventSeal.seal(
                    altered, before == null ? Hash.ZERO : before.seal().event(), head.hash(), head.position() + 1));
        }
        assertEquals(Optional.empty(), verify(rewritten, Optional.empty()).fault());
        Checkpoint anchor = SampleLog.checkpoint(LOG.subList(0, 700));
        Tampering fault = verify(rewritten, Optional.of(anchor)).fault().orElseThrow();
        assertEquals(Kind.REWRITTEN, fault.kind());
        assertEquals(700, fault.position());
    }

    @Test
    void promotionsThatFellOutOfMemoryAreReadBack() {
        var small = Verifier.whole(TableLog.of(LOG), SampleLog.CODEC, Optional.of(SampleLog.checkpoint(LOG)), 3, 2);
        assertEquals(Optional.empty(), small.verify().fault());
        for (int index = 100; index < LOG.size() - 1; index += 97) {
            var changed = new ArrayList<>(LOG);
            Collections.swap(changed, index, index + 1);
            Tampering fault = Verifier.whole(TableLog.of(renumbered(changed)), SampleLog.CODEC, Optional.empty(), 3, 2)
                    .verify()
                    .fault()
                    .orElseThrow();
            assertEquals(index + 1, fault.position(), fault::toString);
        }
    }

    private static StoredEvent forged(StoredEvent model, Seal seal) {
        return new StoredEvent(
                model.position(),
                model.promotion(),
                model.sequence(),
                model.type(),
                model.version(),
                model.at().plusMillis(1),
                model.payload(),
                seal);
    }

    private static Hash predecessor(StoredEvent event) {
        return LOG.stream()
                .filter(one -> one.promotion().equals(event.promotion()) && one.sequence() == event.sequence() - 1)
                .map(one -> one.seal().event())
                .findFirst()
                .orElse(Hash.ZERO);
    }

    private static List<StoredEvent> renumbered(List<StoredEvent> events) {
        var numbered = new ArrayList<StoredEvent>();
        for (StoredEvent event : events) {
            numbered.add(event.placed(numbered.size() + 1L, event.seal()));
        }
        return numbered;
    }

    private static void assertFault(Kind kind, long position, List<StoredEvent> events) {
        Tampering fault = fault(TableLog.of(events));
        assertEquals(kind + " " + position, fault.kind() + " " + fault.position(), fault::toString);
    }

    private static Tampering fault(EventLog log) {
        return Verifier.ofChain(log, Optional.empty()).verify().fault().orElseThrow();
    }

    private static Finding verify(List<StoredEvent> events, Optional<Checkpoint> anchor) {
        return Verifier.ofChain(TableLog.of(events), anchor).verify();
    }
}
