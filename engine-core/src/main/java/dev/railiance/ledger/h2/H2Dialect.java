package dev.railiance.ledger.h2;

import dev.railiance.ledger.jdbc.Dialect;
import dev.railiance.ledger.jdbc.EventTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.h2.api.ErrorCode;

/** What H2 says differently. Who writes is alone: nothing has to be kept from others. */
final class H2Dialect implements Dialect {

    static final H2Dialect H2 = new H2Dialect();

    private H2Dialect() {}

    @Override
    public boolean isDuplicate(SQLException e) {
        return e.getErrorCode() == ErrorCode.DUPLICATE_KEY_1;
    }

    /** Only the message names the constraint, within the name of its index. */
    @Override
    public boolean violates(SQLException e, String constraint) {
        return isDuplicate(e)
                && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains(constraint);
    }

    @Override
    public String putStatus() {
        return "MERGE INTO status (promotion, app, environment, phase, ended, held_target, artifact_digest,"
                + " contract_digest, sequence, opened_at, updated_at, summary, document, open_work)"
                + " KEY (promotion) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    }

    @Override
    public String putDocument() {
        return "MERGE INTO document (digest, content) KEY (digest) VALUES (?, ?)";
    }

    @Override
    public String insertLease() {
        return "INSERT INTO lease (holder, expires_at, fence, promotion) VALUES (?, ?, ?, ?)";
    }

    @Override
    public String forUpdate() {
        return "";
    }

    /** Of this machine: the database lies on it. */
    @Override
    public long now(Connection connection) {
        return EventTable.micros(Instant.now());
    }
}
