package dev.railiance.ledger;

import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Events and status rows for the tests of ledgers, made from numbers so that another process can make the same. */
public final class Samples {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00.000001Z");

    private Samples() {}

    public static PromotionId id(int number) {
        return new PromotionId(String.format(Locale.ROOT, "01890000-0000-7000-8000-%012x", number));
    }

    public static Target target(int number) {
        return new Target("app-" + number, "prod");
    }

    public static StoredEvent event(int promotion, long sequence) {
        return event(promotion, sequence, 40);
    }

    /** An event whose payload has {@code size} characters that compress badly, some of them outside ASCII. */
    public static StoredEvent event(int promotion, long sequence, int size) {
        Random random = new Random(promotion * 1_000_003L + sequence);
        StringBuilder payload = new StringBuilder("{\"text\":\"ü€𝄞");
        while (payload.length() < size - 2) {
            payload.append((char) ('0' + random.nextInt(75)));
        }
        String text = payload.append("\"}").toString().replace('\\', '/');
        return new StoredEvent(id(promotion), sequence, "promotion.sampled", 1, START.plusSeconds(sequence), text);
    }

    public static List<StoredEvent> events(int promotion, long from, int count) {
        List<StoredEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(promotion, from + i));
        }
        return events;
    }

    /** A status row on the promotion's own target. */
    public static StatusRow status(int promotion, long sequence, Phase phase) {
        return status(promotion, sequence, phase, target(promotion));
    }

    public static StatusRow status(int promotion, long sequence, Phase phase, Target target) {
        return status(promotion, sequence, phase, target, "sha256:artifact-" + promotion);
    }

    public static StatusRow status(int promotion, long sequence, Phase phase, Target target, String artifact) {
        return new StatusRow(
                id(promotion),
                target,
                phase,
                artifact,
                "sha256:contract",
                sequence,
                START.plusSeconds(promotion),
                START.plusSeconds(sequence),
                "stands at " + sequence,
                "{\"sequence\":" + sequence + "}");
    }
}
