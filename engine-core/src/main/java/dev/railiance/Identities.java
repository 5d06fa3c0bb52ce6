package dev.railiance;

import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.PromotionId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes identities: UUIDs of version 7 (RFC 9562, section 5.7), so that they sort by the time they were made. */
final class Identities {

    private final InstantSource clock;
    private final RandomGenerator random;

    Identities(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    PromotionId promotion() {
        return new PromotionId(next().toString());
    }

    AttemptId attempt() {
        return new AttemptId(next().toString());
    }

    private UUID next() {
        long time = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long node = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(time, node);
    }
}
