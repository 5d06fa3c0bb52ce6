package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.jdbc.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLState;

/** What PostgreSQL says differently. */
final class PostgresDialect implements Dialect {

    static final PostgresDialect POSTGRES = new PostgresDialect();

    private PostgresDialect() {}

    @Override
    public boolean isDuplicate(SQLException e) {
        return PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState());
    }

    @Override
    public boolean violates(SQLException e, String constraint) {
        return isDuplicate(e) && PostgresFailure.violated(e).equals(Optional.of(constraint));
    }

    @Override
    public String putStatus() {
        return "INSERT INTO status (promotion, app, environment, phase, ended, held_target, artifact_digest,"
                + " contract_digest, sequence, opened_at, updated_at, summary, document, open_work)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (promotion) DO UPDATE SET"
                + " app = excluded.app, environment = excluded.environment, phase = excluded.phase,"
                + " ended = excluded.ended, held_target = excluded.held_target,"
                + " artifact_digest = excluded.artifact_digest, contract_digest = excluded.contract_digest,"
                + " sequence = excluded.sequence, opened_at = excluded.opened_at, updated_at = excluded.updated_at,"
                + " summary = excluded.summary, document = excluded.document,"
                + " open_work = excluded.open_work";
    }

    @Override
    public String putDocument() {
        return "INSERT INTO document (digest, content) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING";
    }

    @Override
    public String insertLease() {
        return "INSERT INTO lease (holder, expires_at, fence, promotion) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (promotion) DO NOTHING";
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    /** Of the server: the machines of a team need not agree about the time. */
    @Override
    public long now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
