package dev.railiance.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/** Brings payloads of older versions to today's form, one version at a time. What is stored is never rewritten. */
final class Upcasters {

    private record Upcaster(EventType type, int from, UnaryOperator<ObjectNode> change) {}

    private static final List<Upcaster> ALL = List.of(
            new Upcaster(EventType.OPENED, 1, Upcasters::withEnvironment),
            // promotion.opened.v2 knew neither signers nor a mandate, which v3 need not have.
            new Upcaster(EventType.OPENED, 2, payload -> payload),
            // In v1 nothing was kept of what somebody had signed, which v2 need not have.
            new Upcaster(EventType.APPROVAL_GRANTED, 1, payload -> payload),
            // approval.granted.v2 did not say which gate evaluations it rests on, which is not known then.
            new Upcaster(EventType.APPROVAL_GRANTED, 2, payload -> payload),
            new Upcaster(EventType.APPROVAL_WITHDRAWN, 1, payload -> payload),
            // canary.weight-changed.v1 knew neither attempt nor what was read back, which v2 need not have.
            new Upcaster(EventType.WEIGHT_CHANGED, 1, payload -> payload),
            // promotion.promote-started.v1 did not say what is replaced, which is not known then.
            new Upcaster(EventType.PROMOTE_STARTED, 1, payload -> payload),
            new Upcaster(EventType.PROMOTED, 1, Upcasters::withoutGates),
            new Upcaster(EventType.PROMOTE_FAILED, 1, Upcasters::withoutGates),
            // promotion.rollback-started.v1 knew no revision but the recorded one.
            new Upcaster(EventType.ROLLBACK_STARTED, 1, payload -> payload),
            // promotion.rollback-started.v2 did not say which plan it is, which is not known then.
            new Upcaster(EventType.ROLLBACK_STARTED, 2, payload -> payload));

    private Upcasters() {}

    static ObjectNode upcast(EventType type, int version, ObjectNode payload) {
        if (version > type.version || version < 1) {
            throw new LedgerException(
                    LedgerException.Kind.FUTURE_VERSION,
                    "the ledger holds " + type.storedName + ".v" + version + "; this version reads up to .v"
                            + type.version);
        }
        ObjectNode current = payload;
        for (int at = version; at < type.version; at++) {
            current = upcaster(type, at).change().apply(current);
        }
        return current;
    }

    private static Upcaster upcaster(EventType type, int from) {
        return ALL.stream()
                .filter(upcaster -> upcaster.type() == type && upcaster.from() == from)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no upcaster for " + type.storedName + ".v" + from));
    }

    /** The first version knew no gates of Stage 3. */
    private static ObjectNode withoutGates(ObjectNode payload) {
        payload.putArray("gates");
        return payload;
    }

    /** promotion.opened.v1 knew only the app; every target was production. */
    private static ObjectNode withEnvironment(ObjectNode payload) {
        payload.putObject("target").put("app", payload.path("app").asText()).put("environment", "production");
        payload.remove("app");
        return payload;
    }
}
