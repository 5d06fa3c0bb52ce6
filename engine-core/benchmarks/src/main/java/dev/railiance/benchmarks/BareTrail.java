package dev.railiance.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.projection.ReliedOn;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The same trail by one streamed query and Jackson's tree, without checking anything: what reading costs at least. */
final class BareTrail {

    private static final String ROWS =
            "SELECT position, promotion, sequence, type, payload, event_hash FROM event ORDER BY position";

    private final JsonMapper mapper = new JsonMapper();
    private final HexFormat hex = HexFormat.of();
    private final Map<String, Phase> phases = new HashMap<>();
    private final TrailSum sum = new TrailSum();

    TrailSum read(Connection connection) throws SQLException, IOException {
        try (PreparedStatement select = connection.prepareStatement(ROWS)) {
            select.setFetchSize(1_000);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    next(rows);
                }
            }
        }
        return sum;
    }

    private void next(ResultSet row) throws SQLException, IOException {
        String promotion = row.getString(2);
        String type = row.getString(4);
        JsonNode payload = mapper.readTree(row.getString(5));
        Phase phase = after(phases.getOrDefault(promotion, Phase.NEW), type);
        phases.put(promotion, phase);
        sum.add(new TrailEntry(
                row.getLong(1),
                row.getLong(3),
                type,
                Instant.parse(payload.path("at").textValue()),
                payload.path("by").textValue(),
                phase,
                hex.formatHex(row.getBytes(6)),
                evidence(type, payload)));
    }

    /** The types that the benchmark's lives have. */
    private static Phase after(Phase before, String type) {
        return switch (type) {
            case "promotion.opened" -> Phase.OPENED;
            case "validation.started" -> Phase.VALIDATING;
            case "promotion.validated" -> Phase.VALIDATED;
            case "canary.deploy-started" -> Phase.CANARY_DEPLOYING;
            case "promotion.canary-deployed" -> Phase.CANARY_DEPLOYED;
            case "promotion.gates-passed" -> Phase.GATES_PASSED;
            case "promotion.approved" -> Phase.APPROVED;
            case "promotion.promote-started" -> Phase.PROMOTING;
            case "promotion.promoted" -> Phase.PROMOTED;
            default -> before;
        };
    }

    private static List<ReliedOn> evidence(String type, JsonNode payload) {
        return switch (type) {
            case "promotion.validated" -> {
                List<ReliedOn> files = new ArrayList<>();
                for (JsonNode file : payload.path("report").path("evidence")) {
                    files.add(reliedOn("file", file, "path", "digest"));
                }
                yield files;
            }
            case "promotion.canary-deployed", "promotion.promoted" ->
                List.of(reliedOn("manifests", payload.path("release"), "name", "manifests"));
            case "gate.evaluated" -> List.of(reliedOn("samples", payload.path("evaluation"), "gate", "digest"));
            case "approval.granted" -> List.of(reliedOn("plan", payload.path("approval"), "approver", "plan"));
            default -> List.of();
        };
    }

    private static ReliedOn reliedOn(String kind, JsonNode from, String name, String digest) {
        return new ReliedOn(kind, from.path(name).textValue(), from.path(digest).textValue());
    }
}
