package dev.railiance.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.Statistics.Measures;
import dev.railiance.projection.Statistics.Scope;
import dev.railiance.projection.Statistics.Spread;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Samples;
import dev.railiance.promotion.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The four measures, over ledgers of which every event is told by its type and hour. */
class StatisticsTest {

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final long HOUR = 3_600_000;
    private static final EventCodec CODEC = new EventCodec();

    private final List<StoredEvent> ledger = new ArrayList<>();

    @Test
    void anEmptyLedgerHasNoDataAndNoZeroes() {
        Statistics statistics = measured(Scope.ALL);

        assertEquals(Optional.empty(), statistics.period());
        assertEquals(
                new Spread(0, Optional.empty(), Optional.empty()),
                statistics.total().leadTime());
        assertEquals(Optional.empty(), statistics.total().changeFailureRate().rate());
        assertEquals(Optional.empty(), statistics.total().deploymentFrequency().perDay());
    }

    @Test
    void leadTimeGoesFromOpenedToPromoted() {
        opened(1, "shop", 0);
        happened(1, "promotion.promoted", 5);

        assertEquals(new Spread(1, Optional.of(5 * HOUR), Optional.of(5 * HOUR)), total().leadTime());
    }

    @Test
    void percentilesAreByNearestRankAndAlwaysOneOfTheSamples() {
        for (int number = 1; number <= 4; number++) {
            opened(number, "shop", 0);
            happened(number, "promotion.promoted", 10L * number);
        }
        assertEquals(new Spread(4, Optional.of(20 * HOUR), Optional.of(40 * HOUR)), total().leadTime());
        for (int number = 5; number <= 10; number++) {
            opened(number, "shop", 0);
            happened(number, "promotion.promoted", 10L * number);
        }
        assertEquals(new Spread(10, Optional.of(50 * HOUR), Optional.of(90 * HOUR)), total().leadTime());
    }

    @Test
    void frequencyIsDeploymentsByDaysAndUnknownBelowADay() {
        opened(1, "shop", 0);
        happened(1, "promotion.promoted", 23);
        assertEquals(Optional.empty(), total().deploymentFrequency().perDay());

        opened(2, "shop", 40);
        happened(2, "promotion.promoted", 72);
        assertEquals(
                new BigDecimal("0.6667"), total().deploymentFrequency().perDay().orElseThrow());
        assertEquals(
                new Spread(1, Optional.of(49 * HOUR), Optional.of(49 * HOUR)),
                total().deploymentFrequency().interval());
    }

    @Test
    void aFailedPromotionFailsOnceAndIsRestoredByItsRollback() {
        opened(1, "shop", 0);
        happened(1, "promotion.promote-failed", 5);
        happened(1, "promotion.rollback-started", 6);
        happened(1, "promotion.rollback-incomplete", 7);
        happened(1, "promotion.rollback-started", 8);
        happened(1, "promotion.rolled-back", 9);

        assertEquals(new Statistics.FailureRate(1, 1, Optional.of(BigDecimal.ONE)), total().changeFailureRate());
        assertEquals(
                new Statistics.Restoration(new Spread(1, Optional.of(4 * HOUR), Optional.of(4 * HOUR)), 0),
                total().timeToRestore());
    }

    @Test
    void aDeploymentThatIsTakenBackFailedAndTheNextOneRestores() {
        opened(1, "shop", 0);
        happened(1, "promotion.promoted", 2);
        happened(1, "promotion.rollback-started", 5);
        assertEquals(1, total().timeToRestore().unrestored());
        opened(2, "shop", 6);
        happened(2, "promotion.promoted", 8);

        assertEquals(new Statistics.FailureRate(2, 1, Optional.of(new BigDecimal("0.5"))), total().changeFailureRate());
        assertEquals(
                new Statistics.Restoration(new Spread(1, Optional.of(3 * HOUR), Optional.of(3 * HOUR)), 0),
                total().timeToRestore());
    }

    @Test
    void aRollbackOfACanaryIsNoFailureInProduction() {
        opened(1, "shop", 0);
        happened(1, "canary.deploy-started", 1);
        happened(1, "promotion.rollback-started", 2);
        happened(1, "promotion.rolled-back", 3);

        assertEquals(0, total().changeFailureRate().changes());
        assertEquals(0, total().timeToRestore().restored().samples());
    }

    @Test
    void aChangeThatIsTakenBackBeforeItsFailureIsRecordedFailedToo() {
        opened(1, "shop", 0);
        happened(1, "promotion.promote-started", 1);
        happened(1, "promotion.rollback-started", 3);
        happened(1, "promotion.rolled-back", 4);

        assertEquals(new Statistics.FailureRate(1, 1, Optional.of(BigDecimal.ONE)), total().changeFailureRate());
        assertEquals(
                new Statistics.Restoration(new Spread(1, Optional.of(HOUR), Optional.of(HOUR)), 0),
                total().timeToRestore());
    }

    @Test
    void aFailureIsCountedOnceWhereItsRecordComesBeforeTheRollback() {
        opened(1, "shop", 0);
        happened(1, "promotion.promote-started", 1);
        happened(1, "promotion.promote-failed", 2);
        happened(1, "promotion.rollback-started", 2);

        assertEquals(1, total().changeFailureRate().changes());
        assertEquals(1, total().changeFailureRate().failed());
    }

    @Test
    void anImportedOlderDeploymentRestoresNothingAndHasNoInterval() {
        opened(1, "shop", 100);
        happened(1, "promotion.promoted", 101);
        happened(1, "promotion.rollback-started", 102);
        opened(2, "shop", 0);
        happened(2, "promotion.promoted", 1);

        assertEquals(
                new Statistics.Restoration(new Spread(0, Optional.empty(), Optional.empty()), 1),
                total().timeToRestore());
        assertEquals(0, total().deploymentFrequency().interval().samples());

        happened(1, "promotion.rolled-back", 104);
        assertEquals(Optional.of(2 * HOUR), total().timeToRestore().restored().medianMs());
    }

    @Test
    void aSpanThatWouldBeNegativeIsNotKnown() {
        opened(1, "shop", 5);
        happened(1, "promotion.promoted", 4);

        assertEquals(0, total().leadTime().samples());
        assertEquals(1, total().deploymentFrequency().deployments());
    }

    @Test
    void thereIsNoPeriodAfterTheLastEvent() {
        opened(1, "shop", 0);
        happened(1, "promotion.promoted", 48);

        assertEquals(
                Optional.of(new Statistics.Period(at(0), at(48), true)),
                measured(Scope.ALL).period());
        for (long since : new long[] {48, 49}) {
            var after = new Scope(Optional.empty(), Optional.empty(), Optional.of(at(since)), Optional.empty());
            assertEquals(Optional.empty(), measured(after).period());
            assertEquals(
                    Optional.empty(),
                    measured(after).total().deploymentFrequency().perDay());
        }
        var asked = new Scope(Optional.empty(), Optional.empty(), Optional.of(at(49)), Optional.of(at(97)));
        assertEquals(
                Optional.of(new Statistics.Period(at(49), at(97), false)),
                measured(asked).period());
        assertEquals(
                Optional.of(new BigDecimal("0")),
                measured(asked).total().deploymentFrequency().perDay());
    }

    @Test
    void targetsAreToldApartAndAddedUp() {
        opened(1, "shop", 0);
        opened(2, "mail", 0);
        happened(1, "promotion.promoted", 2);
        happened(2, "promotion.promote-failed", 3);

        Statistics all = measured(Scope.ALL);
        assertEquals(
                List.of("mail", "shop"),
                all.targets().stream().map(Statistics.OfTarget::app).toList());
        assertEquals(2, all.total().changeFailureRate().changes());
        assertEquals(1, all.total().timeToRestore().unrestored());

        var mail = new Scope(Optional.of("mail"), Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(1, measured(mail).total().changeFailureRate().changes());
        assertEquals(0, measured(mail).total().deploymentFrequency().deployments());
    }

    @Test
    void whatIsBeforeThePeriodCountsForLeadTimesOnlyAndWhatIsAfterItIsNotKnown() {
        opened(1, "shop", 0);
        happened(1, "promotion.promoted", 2);
        opened(2, "shop", 3);
        happened(2, "promotion.promoted", 30);
        happened(2, "promotion.rollback-started", 50);

        var day = new Scope(Optional.empty(), Optional.empty(), Optional.of(at(24)), Optional.of(at(48)));
        Statistics statistics = measured(day);

        assertEquals(Optional.of(new Statistics.Period(at(24), at(48), false)), statistics.period());
        assertEquals(
                new Spread(1, Optional.of(27 * HOUR), Optional.of(27 * HOUR)),
                statistics.total().leadTime());
        assertEquals(0, statistics.total().changeFailureRate().failed());
        assertEquals(
                new BigDecimal("1"),
                statistics.total().deploymentFrequency().perDay().orElseThrow());
    }

    private Measures total() {
        return measured(Scope.ALL).total();
    }

    private Statistics measured(Scope scope) {
        var log = new DeliveryLog(scope, CODEC);
        ledger.forEach(log::read);
        return log.statistics();
    }

    private void opened(int number, String app, long hour) {
        ledger.add(CODEC.encode(
                id(number),
                0,
                new PromotionOpened(
                        at(hour),
                        new Actor("ada"),
                        id(number),
                        new Target(app, "production"),
                        new Artifact("4f2c", false, Optional.empty(), Optional.empty(), Optional.empty()),
                        Digest.of(new byte[0]),
                        Samples.NO_RULES)));
    }

    private void happened(int number, String type, long hour) {
        ledger.add(new StoredEvent(id(number), 1, type, 1, at(hour), "{}"));
    }

    private static Instant at(long hour) {
        return START.plusMillis(hour * HOUR);
    }

    private static PromotionId id(int number) {
        return new PromotionId("01900000-0000-7000-8000-%012d".formatted(number));
    }
}
