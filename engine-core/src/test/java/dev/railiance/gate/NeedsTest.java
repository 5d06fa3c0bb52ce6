package dev.railiance.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NeedsTest {

    /** The figures of docs/gates.md. */
    @Test
    void moreLooksTakeMoreSamples() {
        assertEquals(new Needs(4, 20), at(1));
        assertEquals(new Needs(5, 29), at(5));
        assertEquals(new Needs(6, 33), at(10));
        assertEquals(new Needs(6, 37), at(20));
    }

    private static Needs at(int looks) {
        return Needs.at(Look.of(1, looks).share() / 2);
    }
}
