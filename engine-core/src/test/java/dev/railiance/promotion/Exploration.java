package dev.railiance.promotion;

import dev.railiance.promotion.Decision.Accepted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Breadth first through every state that a bounded world can reach; states that decide alike are visited once. */
final class Exploration {

    private static final Comparator<Approval> ORDER = Comparator.comparing(Approval::scope)
            .thenComparing(approval -> approval.plan().value())
            .thenComparing(approval -> approval.approver().name())
            .thenComparing(Approval::signed);

    private final Decider decider;
    private final Alphabet world;
    private final Map<Promotion, Node> known = new HashMap<>();
    private final Map<Promotion, Set<Promotion>> before = new HashMap<>();
    private final Queue<Node> open = new ArrayDeque<>();

    Exploration(Transitions transitions, Alphabet world) {
        this.decider = new Decider(transitions);
        this.world = world;
        visit(new Node(Promotion.NEW, List.of()));
    }

    /** A state and one shortest way to it. */
    record Node(Promotion state, List<PromotionEvent> past) {}

    /** One question and its answer. */
    record Step(Node before, PromotionCommand command, Facts facts, Decision decision) {}

    /** Sees every step; {@code true} ends the exploration. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(Step step);
    }

    /** Takes the next state and asks everything of it; whether the visitor wants no more. */
    boolean advance(Visitor visitor) {
        Node node = open.remove();
        for (PromotionCommand command : world.commands(node.state())) {
            for (Facts facts : facts(node.state(), command)) {
                Decision decision = decider.decide(node.state(), command, facts);
                if (visitor.visit(new Step(node, command, facts, decision))) {
                    return true;
                }
                if (decision instanceof Accepted accepted) {
                    Node next = successor(node, accepted.events());
                    before.computeIfAbsent(next.state(), state -> new HashSet<>())
                            .add(node.state());
                    visit(next);
                }
            }
        }
        return false;
    }

    /** Where the lifecycle has no row for the command, the world does not matter. */
    private static List<Facts> facts(Promotion state, PromotionCommand command) {
        return Lifecycle.find(state.phase(), command.trigger()).isPresent()
                ? Alphabet.facts(command)
                : List.of(Samples.calm());
    }

    boolean finished() {
        return open.isEmpty();
    }

    void exhaust(Visitor visitor) {
        while (!finished()) {
            advance(visitor);
        }
    }

    /** All states that were found so far. */
    Collection<Node> nodes() {
        return known.values();
    }

    /** The states from which no way leads to an end: all ways, walked backwards, miss them. */
    List<Promotion> statesWithoutEnd() {
        var reaching = new HashSet<Promotion>();
        var left = new ArrayDeque<Promotion>();
        known.keySet().stream().filter(state -> state.phase().end()).forEach(left::add);
        while (!left.isEmpty()) {
            Promotion state = left.remove();
            if (reaching.add(state)) {
                left.addAll(before.getOrDefault(state, Set.of()));
            }
        }
        return known.keySet().stream()
                .filter(state -> !reaching.contains(state))
                .toList();
    }

    private void visit(Node node) {
        if (known.putIfAbsent(node.state(), node) == null) {
            open.add(node);
        }
    }

    /** The state after these events; the past is only written down when the state is new. */
    private Node successor(Node node, List<PromotionEvent> events) {
        Promotion state = node.state();
        for (PromotionEvent event : events) {
            state = state.evolve(event);
        }
        Promotion canonical = canonical(state);
        Node same = known.get(canonical);
        if (same != null) {
            return same;
        }
        var past = new ArrayList<>(node.past());
        past.addAll(events);
        return new Node(canonical, List.copyOf(past));
    }

    /** Drops what no decision looks at: the report, the order of approvals and their repetition. */
    static Promotion canonical(Promotion state) {
        return new Promotion(
                state.phase(),
                state.opening(),
                state.attempt(),
                state.settled(),
                Optional.empty(),
                state.weight(),
                state.gates(),
                state.approvals().stream().distinct().sorted(ORDER).toList());
    }
}
