package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredInstantTest {

    /** From the year 0000 to 9999. */
    @Property
    void whatTheJdkWritesIsRead(
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano) {
        for (int part : new int[] {0, nano, nano / 1_000 * 1_000, nano / 1_000_000 * 1_000_000}) {
            Instant at = Instant.ofEpochSecond(second, part);
            assertEquals(at, StoredInstant.parse(at.toString()));
        }
    }

    /** What it takes, the JDK takes for the same time. */
    @Property
    void whatIsReadTheJdkReadsAsWell(@ForAll @IntRange(max = 29) int where, @ForAll char other) {
        StringBuilder text = new StringBuilder("2026-02-28T23:59:59.123456789Z");
        text.setCharAt(where, other);
        Instant read;
        try {
            read = StoredInstant.parse(text.toString());
        } catch (DateTimeException e) {
            return;
        }
        assertEquals(Instant.parse(text), read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-01-01T00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00,5Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:00:00+00:00",
                "2026-01-01t00:00:00z",
                "2026-01-01 00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:00:60Z",
                "+2026-01-01T00:00:00Z",
                "-001-01-01T00:00:00Z",
                "２０２６-01-01T00:00:00Z"
            })
    void anyOtherFormIsRefused(String text) {
        assertThrows(DateTimeException.class, () -> StoredInstant.parse(text));
    }
}
