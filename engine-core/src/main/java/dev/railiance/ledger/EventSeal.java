package dev.railiance.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Seals events into two chains of SHA-256 hashes.
 *
 * <p>The hash of an event is taken over the UTF-8 bytes of the canonical form (RFC 8785) of an object with its {@code at},
 * {@code payload}, {@code promotion}, {@code sequence}, {@code type}, {@code version}, and under {@code previous} the hash of
 * the event before it in its promotion. Its position is not in it: an event keeps its hash in another ledger.
 *
 * <p>The hash of the ledger is taken over the ledger's hash before the event, the event's position as eight bytes, the highest
 * first, and the event's hash.
 */
public final class EventSeal {

    private EventSeal() {}

    /** The event with its place in the ledger and its seal. */
    public static StoredEvent seal(StoredEvent event, Hash previousEvent, Hash previousLedger, long position) {
        Hash own = event(event, previousEvent);
        return event.placed(position, new Seal(own, ledger(previousLedger, position, own)));
    }

    /** The hash of an event, whatever its seal says. */
    public static Hash event(StoredEvent event, Hash previous) {
        return Hash.over(canonical(event, previous));
    }

    /** The hash of the ledger at a position. */
    public static Hash ledger(Hash previous, long position, Hash event) {
        MessageDigest sha256 = Hash.sha256();
        previous.update(sha256);
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(position).flip());
        event.update(sha256);
        return Hash.of(sha256.digest());
    }

    /**
     * What the hash of an event is taken over. The payload is in canonical form already, and nothing in the other members
     * needs an escape: so the object is put together rather than serialised.
     */
    public static String canonical(StoredEvent event, Hash previous) {
        return "{\"at\":\"" + event.at() + "\",\"payload\":" + event.payload() + ",\"previous\":\"" + previous
                + "\",\"promotion\":\"" + event.promotion() + "\",\"sequence\":" + event.sequence() + ",\"type\":\""
                + event.type() + "\",\"version\":" + event.version() + "}";
    }
}
