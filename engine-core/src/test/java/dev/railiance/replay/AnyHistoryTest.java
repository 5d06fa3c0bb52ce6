package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.Walks;
import dev.railiance.replay.ReplayReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the decider let happen, it would let happen again; and what it did not is found. */
class AnyHistoryTest {

    @Provide
    Arbitrary<List<PromotionEvent>> histories() {
        return Walks.histories();
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 9999);
    }

    @Property(tries = 500)
    void everyLegalHistoryComesOutAsItIsRecorded(@ForAll("histories") List<PromotionEvent> events) {
        ReplayReport report = Histories.replay(Histories.of(events));

        assertEquals(List.of(), report.flips());
        assertEquals(events.size(), report.events());
        assertEquals(0, report.decisions().notFollowed());
    }

    @Property(tries = 500)
    void aPolicyOfTheRecordedRulesFlipsNothing(@ForAll("histories") List<PromotionEvent> events) {
        var opened = (PromotionOpened) events.getFirst();
        var same = new Policy(opened.target(), opened.contract(), opened.rules(), List.of());

        ReplayReport report = Histories.replay(Histories.of(events), Optional.of(same));

        assertEquals(List.of(), report.flips());
        assertEquals(
                Optional.of(report.decisions().recorded()), report.decisions().policy());
    }

    @Property(tries = 500)
    void anEventThatIsMissingIsFoundWhereItShouldBe(
            @ForAll("histories") List<PromotionEvent> events, @ForAll("places") int place) {
        var history = new ArrayList<>(Histories.of(events));
        if (history.size() < 2) {
            return;
        }
        Recorded lost = history.remove(place % (history.size() - 1));

        Flip found = Histories.replay(history).flips().getFirst();

        assertEquals(Optional.of("EVENTS_MISSING"), found.code());
        assertEquals(lost.sequence() + 1, found.sequence());
    }

    @Property(tries = 500)
    void anEventThatIsThereTwiceIsFound(@ForAll("histories") List<PromotionEvent> events, @ForAll("places") int place) {
        var history = new ArrayList<>(Histories.of(events));
        Recorded twice = history.get(place % history.size());
        history.add(place % history.size() + 1, twice);

        ReplayReport report = Histories.replay(history);

        assertEquals(Outcome.IMPOSSIBLE, report.outcome());
        assertEquals(twice.sequence(), report.flips().getFirst().sequence());
    }
}
