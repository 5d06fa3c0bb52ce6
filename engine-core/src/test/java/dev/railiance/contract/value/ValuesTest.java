package dev.railiance.contract.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.value.WeeklyWindow.WeekTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {

    @ParameterizedTest
    @CsvSource({"200ms, PT0.2S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "1d, PT24H", "0s, PT0S", "366d, PT8784H"})
    void aNumberWithAUnitIsADuration(String text, Duration duration) {
        assertEquals(Optional.of(duration), DurationText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "-5s",
                "5 s",
                "1.5h",
                "5S",
                "5s\n",
                "٣s",
                "367d",
                "999999999d",
                "9999999999ms",
                "1h30m"
            })
    void anythingElseIsNone(String text) {
        assertEquals(Optional.empty(), DurationText.parse(text));
    }

    @Test
    void aWeeklyWindowMaySpanTheEndOfTheWeek() {
        var window = new WeeklyWindow(time("Fri 16:00"), time("Mon 08:00"), ZoneId.of("Europe/Berlin"));
        assertFalse(window.contains(Instant.parse("2026-11-27T14:59:59Z")));
        assertTrue(window.contains(Instant.parse("2026-11-27T15:00:00Z")));
        assertTrue(window.contains(Instant.parse("2026-11-29T23:00:00Z")));
        assertTrue(window.contains(Instant.parse("2026-11-30T06:59:59Z")));
        assertFalse(window.contains(Instant.parse("2026-11-30T07:00:00Z")));
    }

    @Test
    void aWeeklyWindowFollowsTheClockOfItsZoneThroughTheYear() {
        var window = new WeeklyWindow(time("Wed 10:00"), time("Wed 11:00"), ZoneId.of("Europe/Berlin"));
        assertTrue(window.contains(Instant.parse("2026-07-01T08:30:00Z")));
        assertFalse(window.contains(Instant.parse("2026-12-02T08:30:00Z")));
        assertTrue(window.contains(Instant.parse("2026-12-02T09:30:00Z")));
    }

    @Test
    void anEmptyWeeklyWindowCannotBeMade() {
        ZoneId zone = ZoneId.of("UTC");
        WeekTime noon = time("Mon 12:00");
        assertThrows(IllegalArgumentException.class, () -> new WeeklyWindow(noon, noon, zone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fri", "16:00", "Friday 16:00", "Fri 24:00", "Fri 9:00", "fri 16:00", "Fri  16:00"})
    void otherTextsAreNoTimeOfTheWeek(String text) {
        assertEquals(Optional.empty(), WeekTime.parse(text));
    }

    @Test
    void secretLocationsAreNamedInFourWays() {
        assertEquals(
                Optional.of(new SecretLocation.Kubernetes("shop", "db", "password")),
                SecretLocation.parse("k8s:shop/db#password"));
        assertEquals(
                Optional.of(new SecretLocation.Vault("secret/shop/web", "key")),
                SecretLocation.parse("vault:secret/shop/web#key"));
        assertEquals(
                Optional.of(new SecretLocation.Sops("secrets/web.yaml", "key")),
                SecretLocation.parse("sops:secrets/web.yaml#key"));
        assertEquals(Optional.of(new SecretLocation.Environment("NPM_TOKEN")), SecretLocation.parse("env:NPM_TOKEN"));
        for (String other :
                List.of("", "x", "env:", "env:A=b", "k8s:db#password", "k8s:a/b/c#d", "vault:a", "file:a#b")) {
            assertEquals(Optional.empty(), SecretLocation.parse(other), other);
        }
    }

    @Test
    void pathsQuoteKeysThatAreNotBare() {
        KeyPath path = KeyPath.TOP.key("stage1").key("a b").item(2).key("q\"");
        assertEquals("stage1.\"a b\"[2].\"q\\\"\"", path.toString());
        assertEquals("\"q\\\"\"", path.lastKey());
        assertEquals("stage1.\"a b\"[2]", path.parent().orElseThrow().toString());
    }

    private static WeekTime time(String text) {
        return WeekTime.parse(text).orElseThrow();
    }
}
