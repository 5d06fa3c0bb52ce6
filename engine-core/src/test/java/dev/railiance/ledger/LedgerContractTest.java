package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class LedgerContractTest {

    @Test
    void aLedgerThatDoesNothingFailsEveryTestOfTheContract() {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(NothingStored.class))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        assertTrue(summary.getTestsFoundCount() > 15, "the contract was not run");
        assertEquals(summary.getTestsFoundCount(), summary.getTestsFailedCount());
    }

    static final class NothingStored implements LedgerContract {
        @Override
        public Ledger ledger() {
            return new Nothing();
        }
    }

    private static final class Nothing implements Ledger, LedgerSession {
        @Override
        public LedgerSession open() {
            return this;
        }

        @Override
        public Optional<LedgerSession> openExisting() {
            return Optional.empty();
        }

        @Override
        public Optional<Lease> lease(PromotionId promotion) {
            return Optional.empty();
        }

        @Override
        public Optional<LeaseHolder> leaseholder(PromotionId promotion) {
            return Optional.empty();
        }

        @Override
        public void append(Entry entry) {}

        @Override
        public void keep(List<KeptDocument> documents) {}

        @Override
        public Optional<String> kept(String digest) {
            return Optional.empty();
        }

        @Override
        public Head head() {
            return Head.EMPTY;
        }

        @Override
        public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
            return List.of();
        }

        @Override
        public void scan(long afterPosition, Consumer<StoredEvent> reader) {}

        @Override
        public Optional<StatusRow> status(PromotionId promotion) {
            return Optional.empty();
        }

        @Override
        public List<StatusRow> statuses(int limit) {
            return List.of();
        }

        @Override
        public List<StatusRow> statusesByPrefix(String prefix, int limit) {
            return List.of();
        }

        @Override
        public Optional<StatusRow> current(Target target, String artifactDigest, String contractDigest) {
            return Optional.empty();
        }

        @Override
        public List<StatusRow> inPhase(Target target, Phase phase) {
            return List.of();
        }

        @Override
        public OnTarget onTarget(Target target) {
            return OnTarget.NOTHING;
        }

        @Override
        public void replaceStatuses(Iterable<StatusRow> rows) {}

        @Override
        public void close() {}
    }
}
