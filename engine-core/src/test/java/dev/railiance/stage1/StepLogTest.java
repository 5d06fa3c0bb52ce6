package dev.railiance.stage1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.process.Cancellation;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepLogTest {

    private static final List<StepLog.Planned> PLAN = List.of(
            new StepLog.Planned("build", Step.Kind.COMMAND), new StepLog.Planned("front page", Step.Kind.CHECK));

    private final StepLog log = new StepLog(PLAN, ValidationListener.NONE, System::nanoTime, new Cancellation());

    @Test
    void aPlanThatWasTakenWholeAndPassedIsPassed() {
        log.take(() -> Finding.PASSED);
        log.take(() -> Finding.PASSED);

        assertEquals(Verdict.PASSED, log.report(List.of(), Map.of()).verdict());
    }

    @Test
    void anInterruptionBetweenTwoStepsIsNoPass() {
        log.take(() -> Finding.PASSED);

        var report = log.report(List.of(), Map.of());

        assertEquals(Verdict.ERRORED, report.verdict());
        assertEquals("front page", report.steps().getLast().name());
    }
}
