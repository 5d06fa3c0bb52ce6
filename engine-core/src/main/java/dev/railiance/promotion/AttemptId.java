package dev.railiance.promotion;

/** One try at something outside the ledger: from the intent that is recorded before it to the outcome after it. */
public record AttemptId(String value) {

    public AttemptId {
        if (!Form.uuid(value)) {
            throw new IllegalArgumentException("not an attempt id: a UUID in lower case is wanted");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
