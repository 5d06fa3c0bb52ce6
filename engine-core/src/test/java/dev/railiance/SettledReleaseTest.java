package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long an operation of Helm that is pending is waited for. */
class SettledReleaseTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Test
    void whereSomebodyMayStillBeAtWorkItIsUntilNothingOfACallCanBeLeft() {
        assertEquals(NOW.plusSeconds(420), end(Optional.of(NOW.minusSeconds(180)), false));
        assertEquals(NOW.minusSeconds(60), end(Optional.of(NOW.minusSeconds(660)), false));
    }

    @Test
    void whereNobodySaysSinceWhenOrTheClockOfWhoeverBeganItIsAheadItIsFromNow() {
        assertEquals(NOW.plus(LONGEST), end(Optional.empty(), false));
        assertEquals(NOW.plus(LONGEST), end(Optional.of(NOW.plusSeconds(3600)), false));
    }

    @Test
    void whereWhoeverBeganItHasCertainlyEndedItIsAMoment() {
        assertEquals(NOW.plusSeconds(5), end(Optional.of(NOW.minusSeconds(180)), true));
        assertEquals(NOW.minusSeconds(60), end(Optional.of(NOW.minusSeconds(660)), true));
    }

    private static Instant end(Optional<Instant> since, boolean alone) {
        return SettledRelease.end(NOW, since, LONGEST, alone);
    }
}
