package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2LedgerTest {

    @Test
    void whatWasAppendedIsReadAgain(@TempDir Path directory) {
        PromotionId id = new PromotionId("01890000-0000-7000-8000-000000000001");
        Instant at = Instant.parse("2026-01-01T00:00:00.123456Z");
        StatusRow row = new StatusRow(
                id, new Target("web", "prod"), Phase.OPENED, "sha256:a", "sha256:c", 0, at, at, "opened", "{}");
        StoredEvent event = new StoredEvent(0, id, 0, "promotion.opened", 1, at, "{\"a\":1}");
        try (H2Ledger ledger = new H2Ledger(LedgerLocation.of(directory))) {
            assertEquals(true, ledger.openExisting().isEmpty());
            try (LedgerSession session = ledger.open()) {
                session.append(List.of(event), row);
            }
            try (LedgerSession session = ledger.openExisting().orElseThrow()) {
                assertEquals(
                        List.of(new StoredEvent(1, id, 0, "promotion.opened", 1, at, "{\"a\":1}")),
                        session.read(id, 0));
                assertEquals(List.of(row), session.statuses(10));
            }
        }
    }
}
