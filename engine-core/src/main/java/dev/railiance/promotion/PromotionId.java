package dev.railiance.promotion;

/** A promotion's identity: a UUID in lower case, time-ordered (version 7 of RFC 9562) when the engine made it. */
public record PromotionId(String value) {

    public PromotionId {
        if (!Form.uuid(value)) {
            throw new IllegalArgumentException("not a promotion id: a UUID in lower case is wanted");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
