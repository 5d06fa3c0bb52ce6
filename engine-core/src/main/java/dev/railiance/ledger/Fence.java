package dev.railiance.ledger;

/**
 * What somebody who works on a promotion shows when he records what came of it: the number of his lease. Leases of a
 * promotion are numbered upwards, so that the ledger tells a late holder from the one who took over.
 *
 * @param token the lease's number, from 1; 0 if no lease is claimed
 */
public record Fence(long token) {

    /** Claims no lease. */
    public static final Fence NONE = new Fence(0);

    public Fence {
        if (token < 0) {
            throw new IllegalArgumentException("a lease's number is not negative");
        }
    }
}
