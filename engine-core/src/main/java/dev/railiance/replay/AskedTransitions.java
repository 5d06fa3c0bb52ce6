package dev.railiance.replay;

import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Transitions;
import dev.railiance.promotion.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Passes every question on to the judge of legality and remembers it with its answer. Used by one thread. */
final class AskedTransitions implements Transitions {

    private final Transitions judge;
    private final List<Asked> asked = new ArrayList<>();

    AskedTransitions(Transitions judge) {
        this.judge = judge;
    }

    /** One question, the guards that were looked at for it, in order, and the answer. */
    record Asked(Phase from, Trigger trigger, List<Answer> guards, Firing firing) {}

    /** What one guard said. */
    record Answer(Guard guard, boolean holds) {}

    @Override
    public Firing fire(Phase from, Trigger trigger, Predicate<Guard> holds) {
        var answers = new ArrayList<Answer>();
        Firing firing = judge.fire(from, trigger, guard -> {
            boolean answer = holds.test(guard);
            answers.add(new Answer(guard, answer));
            return answer;
        });
        asked.add(new Asked(from, trigger, List.copyOf(answers), firing));
        return firing;
    }

    /** What was asked since this was last called. */
    List<Asked> takeAsked() {
        List<Asked> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }
}
