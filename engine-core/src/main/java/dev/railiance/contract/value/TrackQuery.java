package dev.railiance.contract.value;

import java.util.regex.Pattern;

/** A query with {@code $TRACK} where a track's name goes. */
public final class TrackQuery {

    /** What is replaced. */
    public static final String PLACEHOLDER = "$TRACK";

    /** No quote, brace, backslash or blank: wherever it stands in a query, it stays a name. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");

    private TrackQuery() {}

    /**
     * The query for one track.
     *
     * @throws IllegalArgumentException when {@code track} is no DNS-1123 label
     */
    public static String of(String query, String track) {
        if (!NAME.matcher(track).matches()) {
            throw new IllegalArgumentException("a track's name is a DNS-1123 label");
        }
        return query.replace(PLACEHOLDER, track);
    }
}
