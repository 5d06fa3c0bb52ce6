package dev.railiance.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Refusal;
import dev.railiance.promotion.Transition;
import dev.railiance.promotion.Transitions;
import dev.railiance.replay.AskedTransitions.Asked;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Explains one event of one promotion by deciding it again. Used by one thread. */
final class Explainer {

    private final AskedTransitions transitions;
    private final Decider decider;
    private final EventCodec codec;
    private final HolderBefore holders;

    Explainer(Transitions judge, EventCodec codec, HolderBefore holders) {
        this.transitions = new AskedTransitions(judge);
        this.decider = new Decider(transitions);
        this.codec = codec;
        this.holders = holders;
    }

    /** Who was in flight on the promotion's target right before a position of the ledger. */
    @FunctionalInterface
    interface HolderBefore {
        Optional<PromotionId> holder(long position);
    }

    /** The decision that an event belongs to. */
    private record Made(StoredEvent first, List<PromotionEvent> events, List<Asked> asked, Facts facts) {

        /** What was asked of the lifecycle for one of the events: the first question is put twice. */
        List<AskedTransitions.Answer> guards(int event) {
            return asked.size() > event + 1
                    ? asked.get(event + 1).guards()
                    : asked.getFirst().guards();
        }
    }

    /** Explains {@code history.get(at)}. */
    Explanation explain(List<StoredEvent> history, int at) {
        Promotion before = Promotion.NEW;
        Made made = null;
        int member = 0;
        for (int i = 0; i <= at; i++) {
            PromotionEvent event = codec.decode(history.get(i));
            member++;
            if (made == null || member >= made.events().size()) {
                made = decide(before, event, history.get(i));
                member = 0;
            }
            if (i < at) {
                before = before.evolve(event);
            }
        }
        return explanation(history, at, before, Objects.requireNonNull(made), member);
    }

    private Made decide(Promotion before, PromotionEvent event, StoredEvent stored) {
        PromotionCommand command = RecordedCommand.of(event, before);
        boolean asksHolder = Lifecycle.find(before.phase(), command.trigger())
                .filter(row -> row.guards().contains(Guard.TARGET_FREE))
                .isPresent();
        var facts = new Facts(
                event.at(),
                event.by(),
                asksHolder ? holders.holder(stored.position()) : Optional.empty(),
                Optional.empty());
        transitions.takeAsked();
        Decision decision = decider.decide(before, command, facts);
        List<PromotionEvent> events = decision instanceof Accepted accepted ? accepted.events() : List.of();
        return new Made(stored, events, transitions.takeAsked(), facts);
    }

    private Explanation explanation(List<StoredEvent> history, int at, Promotion before, Made made, int member) {
        StoredEvent stored = history.get(at);
        PromotionEvent event = codec.decode(stored);
        Promotion after = before.evolve(event);
        PromotionOpened opened = after.opening().orElseThrow();
        return new Explanation(
                Explanation.SCHEMA,
                opened.id().value(),
                opened.target().app(),
                opened.target().environment(),
                after.phase().stage(),
                Rendered.spelled(after.phase()),
                stored.sequence(),
                history.getLast().sequence(),
                event.at(),
                event(stored, event, before, after, made, member),
                ExplainedState.of(after, event.at()),
                next(after, event, stored.position()),
                Rendered.NextStep.of(after.phase(), opened.id()));
    }

    private Explanation.Event event(
            StoredEvent stored, PromotionEvent event, Promotion before, Promotion after, Made made, int member) {
        ObjectNode data = codec.tree(event);
        data.remove(List.of("at", "by"));
        var looked = new GuardFacts(before, RecordedCommand.of(event, before), made.facts());
        boolean agrees = made.events().size() > member
                && RecordedCommand.same(made.events().get(member), event);
        return new Explanation.Event(
                stored.position(),
                stored.type() + ".v" + stored.version(),
                event.at(),
                event.by().name(),
                Rendered.spelled(event.trigger()),
                event.trigger().verb(),
                Rendered.spelled(before.phase()),
                Rendered.spelled(after.phase()),
                member > 0 ? Optional.of(made.first().sequence()) : Optional.empty(),
                agrees,
                made.facts().targetHolder().map(PromotionId::value),
                asked(made.guards(member), looked),
                data);
    }

    private List<Explanation.Next> next(Promotion promotion, PromotionEvent last, long position) {
        List<Transition> rows = Lifecycle.TABLE.stream()
                .filter(row -> row.from() == promotion.phase())
                .toList();
        boolean asksHolder = rows.stream().anyMatch(row -> row.guards().contains(Guard.TARGET_FREE));
        Optional<PromotionId> holder = asksHolder ? holders.holder(position + 1) : Optional.empty();
        return rows.stream().map(row -> next(promotion, row, last, holder)).toList();
    }

    private Explanation.Next next(
            Promotion promotion, Transition row, PromotionEvent last, Optional<PromotionId> holder) {
        Candidate candidate = Candidate.of(row.trigger(), promotion, last.at());
        var facts = new Facts(last.at(), candidate.actor(), holder, Optional.empty());
        transitions.takeAsked();
        Decision decision = decider.decide(promotion, candidate.command(), facts);
        List<Asked> questions = transitions.takeAsked();
        Optional<Refusal> refusal =
                decision instanceof Decision.Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
        Optional<String> unchanged =
                decision instanceof Decision.Unchanged same ? Optional.of(same.why()) : Optional.empty();
        return new Explanation.Next(
                Rendered.spelled(row.trigger()),
                row.verb(),
                Rendered.spelled(row.to()),
                decision instanceof Accepted,
                Optional.of(candidate.assuming()).filter(text -> !text.isEmpty()),
                questions.isEmpty()
                        ? List.of()
                        : asked(questions.getFirst().guards(), new GuardFacts(promotion, candidate.command(), facts)),
                refusal.map(no -> no.code().name()),
                refusal.map(Refusal::message).or(() -> unchanged));
    }

    private static List<Explanation.Asked> asked(List<AskedTransitions.Answer> guards, GuardFacts facts) {
        return guards.stream()
                .map(answer -> new Explanation.Asked(
                        Rendered.spelled(answer.guard()), answer.holds(), facts.of(answer.guard())))
                .toList();
    }
}
