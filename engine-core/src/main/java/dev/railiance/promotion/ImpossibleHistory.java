package dev.railiance.promotion;

/** A ledger holds events in an order that the lifecycle never produces: it is damaged, or from another version. */
public final class ImpossibleHistory extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImpossibleHistory(String message) {
        super(message);
    }
}
