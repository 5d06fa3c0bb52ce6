package dev.railiance.effect;

import dev.railiance.contract.Gate;
import dev.railiance.process.Cancellation;
import dev.railiance.promotion.GateEvaluation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Looks at gates and judges what it sees. */
public interface GateJudgement {

    /** One look at each gate, in their order; nothing is recorded. */
    List<GateEvaluation> look(Question question, Cancellation cancellation);

    /**
     * What to look at.
     *
     * @param repository where commands run
     * @param since when the canary got its weight: nothing from before counts
     */
    record Question(Path repository, List<Gate> gates, String namespace, String stable, String canary, Instant since) {
        public Question {
            gates = List.copyOf(gates);
        }
    }
}
