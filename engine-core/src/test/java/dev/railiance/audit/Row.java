package dev.railiance.audit;

import dev.railiance.ledger.Hash;
import dev.railiance.ledger.Seal;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** An event as bytes, column by column, as a table keeps it. */
record Row(List<byte[]> columns) {

    static final int POSITION = 0;

    static Row of(StoredEvent event) {
        return new Row(List.of(
                number(event.position()),
                text(event.promotion().value()),
                number(event.sequence()),
                text(event.type()),
                ByteBuffer.allocate(4).putInt(event.version()).array(),
                number(ChronoUnit.MICROS.between(Instant.EPOCH, event.at())),
                text(event.payload()),
                event.seal().event().bytes(),
                event.seal().ledger().bytes()));
    }

    /** The event in the row, read as a table's rows are read. */
    StoredEvent event() {
        return new StoredEvent(
                number(0),
                new PromotionId(text(1)),
                number(2),
                text(3),
                ByteBuffer.wrap(columns.get(4)).getInt(),
                Instant.EPOCH.plus(number(5), ChronoUnit.MICROS),
                text(6),
                new Seal(Hash.of(columns.get(7)), Hash.of(columns.get(8))));
    }

    int bytes() {
        return columns.stream().mapToInt(column -> column.length).sum();
    }

    /** The same with one byte changed, counted over all columns. */
    Row flipped(int at, int mask) {
        var changed = new ArrayList<byte[]>();
        int rest = at;
        for (byte[] column : columns) {
            byte[] copy = column.clone();
            if (rest >= 0 && rest < copy.length) {
                copy[rest] = (byte) (copy[rest] ^ mask);
            }
            rest -= copy.length;
            changed.add(copy);
        }
        return new Row(changed);
    }

    private long number(int column) {
        return ByteBuffer.wrap(columns.get(column)).getLong();
    }

    private String text(int column) {
        return new String(columns.get(column), StandardCharsets.UTF_8);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
