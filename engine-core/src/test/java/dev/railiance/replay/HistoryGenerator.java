package dev.railiance.replay;

import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionApproved;
import dev.railiance.promotion.PromotionEvent.PromotionPromoted;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Refusal.Code;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Rules.ApprovalRule;
import dev.railiance.promotion.Target;
import dev.railiance.replay.Traveller.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * Makes a ledger full of promotions that travel at the same time, on several targets, through every phase; the same seed
 * makes the same ledger. Promotions of the target {@link #WATCHED} have peculiarities, and whatever a stricter policy must
 * decide otherwise about them is noted while it happens.
 */
final class HistoryGenerator {

    static final Target WATCHED = new Target("shop", "production");
    static final Duration STRICT_VALIDITY = Duration.ofHours(1);
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final int AT_ONCE = 12;

    /** Where commands are decided and recorded. */
    @FunctionalInterface
    interface Book {
        Decision tell(PromotionId promotion, PromotionCommand command, Facts facts);
    }

    /** What the strict policy must decide otherwise: the position of the event and the code; empty for other events. */
    record Planted(long position, String code) {}

    private final Book book;
    private final Random random;
    private final List<Planted> planted = new ArrayList<>();
    private final List<Traveller> travelling = new ArrayList<>();
    private final Map<Target, Traveller> inProduction = new HashMap<>();
    private final Map<Target, PromotionId> holders = new HashMap<>();
    private final Map<PromotionId, Map<Approval, Instant>> granted = new HashMap<>();
    private final Map<Phase, Integer> phasesSeen = new HashMap<>();
    private Instant now = START;
    private long position;
    private int opened;

    HistoryGenerator(Book book, long seed) {
        this.book = book;
        this.random = new Random(seed);
    }

    /** Lets so many promotions travel until all have ended or rest in production. */
    void generate(int promotions) {
        while (opened < promotions || !travelling.isEmpty()) {
            while (travelling.size() < AT_ONCE && opened < promotions) {
                travelling.add(traveller(++opened));
            }
            Traveller traveller = travelling.get(random.nextInt(travelling.size()));
            now = now.plusMillis(500 + random.nextInt(120_000));
            traveller.next(now).ifPresent(command -> act(traveller, command));
            if (traveller.resting || traveller.state.phase().end()) {
                travelling.remove(traveller);
            }
        }
    }

    List<Planted> planted() {
        return planted;
    }

    long events() {
        return position;
    }

    Map<Phase, Integer> phasesSeen() {
        return phasesSeen;
    }

    private Traveller traveller(int number) {
        return switch (number % 4) {
            case 0 -> new Traveller(number, new Target("mail", "production"), mailRules(), Kind.PLAIN, random);
            case 1 -> new Traveller(number, new Target("shop", "staging"), lenient(), Kind.FAILING, random);
            default -> {
                // Two thirds are as they should be.
                List<Kind> kinds = List.of(Kind.values());
                int peculiar = random.nextInt(3 * kinds.size());
                Kind kind = peculiar < kinds.size() ? kinds.get(peculiar) : Kind.PLAIN;
                yield new Traveller(number, WATCHED, lenient(), kind, random);
            }
        };
    }

    private void act(Traveller traveller, PromotionCommand command) {
        boolean start = command instanceof StartCanary || command instanceof StartPromote;
        if (start && night(now) && traveller.kind != Kind.AT_NIGHT) {
            return;
        }
        tell(traveller, command);
    }

    private void tell(Traveller traveller, PromotionCommand command) {
        var facts = new Facts(
                now, traveller.actor(command), Optional.ofNullable(holders.get(traveller.target)), Optional.empty());
        if (book.tell(traveller.id, command, facts) instanceof Decision.Accepted accepted) {
            if (traveller.target.equals(WATCHED)) {
                plant(traveller, command, accepted.events());
            }
            for (PromotionEvent event : accepted.events()) {
                follow(traveller, event);
            }
            if (accepted.events().getLast() instanceof PromotionPromoted) {
                supersede(traveller);
            }
        }
    }

    private void follow(Traveller traveller, PromotionEvent event) {
        position++;
        traveller.state = traveller.state.evolve(event);
        phasesSeen.merge(traveller.state.phase(), 1, Integer::sum);
        if (event instanceof PromotionEvent.ApprovalGranted given) {
            granted.computeIfAbsent(traveller.id, id -> new HashMap<>()).put(given.approval(), given.at());
        }
        if (traveller.state.phase().inFlight()) {
            holders.put(traveller.target, traveller.id);
        } else {
            holders.remove(traveller.target, traveller.id);
        }
    }

    private void supersede(Traveller successor) {
        Traveller previous = inProduction.put(successor.target, successor);
        if (previous != null && previous.state.phase() == Phase.PROMOTED) {
            now = now.plusMillis(5);
            tell(previous, new SupersedePromotion(successor.id));
            travelling.remove(previous);
        }
    }

    /** What the strict policy says of it, told from the peculiarities alone. */
    private void plant(Traveller traveller, PromotionCommand command, List<PromotionEvent> events) {
        boolean unprobed = traveller.kind == Kind.UNPROBED;
        boolean passes = events.stream().anyMatch(event -> event.type().equals("promotion.gates-passed"));
        switch (command) {
            case StartCanary start when traveller.kind == Kind.UNPINNED -> plant(Code.ARTIFACT_NOT_FIXED);
            case StartCanary start when night(now) -> plant(Code.FROZEN);
            case GrantApproval grant
            when grant.approval().scope() == Approval.Scope.STAGE3 -> {
                switch (traveller.kind) {
                    case BY_MALLORY -> plant(Code.NOT_AN_APPROVER);
                    case BY_REQUESTER -> plant(Code.REQUESTER_EXCLUDED);
                    case UNSIGNED -> plant(Code.SIGNATURE_MISSING);
                    default -> {}
                }
            }
            case EvaluateGate look when passes && unprobed -> plant(Code.GATES_NOT_PASSED);
            case EvaluateGate look
            when events.getLast() instanceof PromotionApproved && expired(traveller) -> plant(Code.APPROVAL_MISSING);
            case StartPromote start when unprobed -> plant(Code.GATES_NOT_PASSED);
            case StartPromote start when expired(traveller) -> plant(Code.APPROVAL_EXPIRED);
            case StartPromote start when night(now) -> plant(Code.FROZEN);
            case FailPromote failed -> planted.add(new Planted(position + 1, ""));
            default -> {}
        }
    }

    private void plant(Code code) {
        planted.add(new Planted(position + 1, code.name()));
    }

    private boolean expired(Traveller traveller) {
        Map<Approval, Instant> given = granted.getOrDefault(traveller.id, Map.of());
        return traveller.state.approvals().stream()
                .filter(approval -> approval.scope() == Approval.Scope.STAGE3)
                .noneMatch(approval ->
                        now.isBefore(given.getOrDefault(approval, Instant.MIN).plus(STRICT_VALIDITY)));
    }

    private static boolean night(Instant at) {
        return at.atZone(ZoneOffset.UTC).getHour() < 5;
    }

    /** What the contract of the watched target asked for. */
    static Rules lenient() {
        var anybody = new ApprovalRule(
                1, new TreeSet<>(List.of("ann", "bob", "mallory")), false, Duration.ofHours(24), false);
        return new Rules(
                false,
                false,
                false,
                List.of(10, 50),
                new TreeSet<>(List.of("errors", "latency", "probe")),
                new TreeSet<>(List.of("errors", "latency")),
                ApprovalRule.NONE,
                anybody,
                ApprovalRule.NONE);
    }

    /** What a stricter one would ask for. */
    static Rules strict() {
        return new Rules(
                false,
                true,
                true,
                List.of(10, 50),
                new TreeSet<>(List.of("errors", "latency", "probe")),
                new TreeSet<>(List.of("errors", "latency", "probe")),
                ApprovalRule.NONE,
                new ApprovalRule(1, new TreeSet<>(List.of("ann", "bob")), true, STRICT_VALIDITY, true),
                ApprovalRule.NONE);
    }

    private static Rules mailRules() {
        var two = new ApprovalRule(2, new TreeSet<>(List.of("ann", "bob")), true, Duration.ofHours(24), true);
        var one = new ApprovalRule(1, new TreeSet<>(), true, Duration.ofHours(24), true);
        return new Rules(
                true,
                true,
                true,
                List.of(),
                new TreeSet<>(List.of("errors", "latency", "probe")),
                new TreeSet<>(List.of("errors")),
                one,
                two,
                one);
    }
}
