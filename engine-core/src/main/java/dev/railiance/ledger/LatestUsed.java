package dev.railiance.ledger;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was used last of all that a ledger could be asked for; the rest is forgotten. Not safe for several threads, not even for
 * reading.
 */
public final class LatestUsed<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    /** Nothing yet, and never more than so many entries. */
    public LatestUsed(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
