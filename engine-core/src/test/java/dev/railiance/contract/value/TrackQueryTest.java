package dev.railiance.contract.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrackQueryTest {

    @Test
    void everyPlaceGetsTheTrack() {
        assertEquals(
                "errors{track='canary'} / requests{track='canary'}",
                TrackQuery.of("errors{track='$TRACK'} / requests{track='$TRACK'}", "canary"));
        assertEquals("up{a=~'^web-canary$'}", TrackQuery.of("up{a=~'^web-$TRACK$'}", "canary"));
    }

    @Test
    void aQueryThatNamesNoTrackStaysAsItIs() {
        assertEquals("rate(a[1m]) > $track", TrackQuery.of("rate(a[1m]) > $track", "stable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Canary", "canary'}", "a b", "a\\", ".*", "-a", "a-", "$TRACK", "canary\n"})
    void whatCouldBeMoreThanANameIsRefused(String track) {
        assertThrows(IllegalArgumentException.class, () -> TrackQuery.of("up{track='$TRACK'}", track));
    }

    @Test
    void aNameHasAtMost63Characters() {
        assertEquals("a".repeat(63), TrackQuery.of("$TRACK", "a".repeat(63)));
        assertThrows(IllegalArgumentException.class, () -> TrackQuery.of("$TRACK", "a".repeat(64)));
    }
}
