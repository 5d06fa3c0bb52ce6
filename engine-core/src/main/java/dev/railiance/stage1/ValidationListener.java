package dev.railiance.stage1;

import dev.railiance.promotion.Step;
import java.util.Optional;

/** Is told which step runs and what came of it. Called from the thread that validates; must not block long. */
public interface ValidationListener {

    /** Is told nothing. */
    ValidationListener NONE = new ValidationListener() {
        @Override
        public void stepStarted(String name, Step.Kind kind, int position, int total, Optional<String> next) {}

        @Override
        public void stepFinished(Step step) {}
    };

    /**
     * A step begins.
     *
     * @param position of the step, from 1
     * @param total how many steps there are when none of them ends the stage early
     * @param next name of the step that follows, empty for the last
     */
    void stepStarted(String name, Step.Kind kind, int position, int total, Optional<String> next);

    /** The step that began last is over. */
    void stepFinished(Step step);
}
