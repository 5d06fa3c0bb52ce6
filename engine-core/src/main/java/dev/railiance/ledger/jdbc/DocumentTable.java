package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.KeptDocument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table of kept documents. */
public final class DocumentTable {

    private DocumentTable() {}

    /** Keeps those that are not kept yet. */
    public static void put(Connection connection, Dialect dialect, List<KeptDocument> documents) throws SQLException {
        if (documents.isEmpty()) {
            return;
        }
        try (PreparedStatement put = connection.prepareStatement(dialect.putDocument())) {
            for (KeptDocument document : documents) {
                put.setString(1, document.digest());
                put.setString(2, document.content());
                put.executeUpdate();
            }
        }
    }

    /** The content of a document. */
    public static Optional<String> content(Connection connection, String digest) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT content FROM document WHERE digest = ?")) {
            select.setString(1, digest);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }
}
