package dev.railiance.ledger;

/**
 * What ties a stored event to all that came before it.
 *
 * @param event hash over the event and the one before it in its promotion; see {@link EventSeal}
 * @param ledger hash over every event of the ledger up to this one
 */
public record Seal(Hash event, Hash ledger) {

    /** Of an event that has not been appended yet. */
    public static final Seal NONE = new Seal(Hash.ZERO, Hash.ZERO);
}
