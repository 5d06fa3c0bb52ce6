package dev.railiance.audit;

import dev.railiance.ContractPolicy;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.*;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Logs of promotions that went all the way, their events mixed as those of several people are. The same each time. */
final class SampleLog {

    static final EventCodec CODEC = new EventCodec();

    private static final Rules RULES =
            ContractPolicy.of(contract(0)).orElseThrow().rules();

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.000001Z");
    private static final Actor ADA = new Actor("ada");
    private static final Actor BOB = new Actor("bob@example.org");

    private SampleLog() {}

    /** A log of so many events, sealed. */
    static List<StoredEvent> of(int size) {
        var random = new Random(7);
        var started = new ArrayList<PromotionId>();
        var histories = new HashMap<PromotionId, List<PromotionEvent>>();
        var heads = new HashMap<PromotionId, StoredEvent>();
        var log = new ArrayList<StoredEvent>();
        while (log.size() < size) {
            if (started.size() < 8) {
                PromotionId id = id(histories.size());
                histories.put(id, history(histories.size()));
                started.add(id);
            }
            PromotionId id = started.get(random.nextInt(started.size()));
            StoredEvent before = heads.get(id);
            int sequence = before == null ? 0 : (int) before.sequence() + 1;
            List<PromotionEvent> history = histories.getOrDefault(id, List.of());
            StoredEvent next = sealed(log, before, CODEC.encode(id, sequence, history.get(sequence)));
            log.add(next);
            heads.put(id, next);
            if (sequence + 1 == history.size()) {
                started.remove(id);
            }
        }
        return log;
    }

    /** An event as it would be sealed after a log and the last event of its promotion. */
    static StoredEvent sealed(List<StoredEvent> log, @Nullable StoredEvent before, StoredEvent event) {
        Head head = head(log);
        return EventSeal.seal(
                event, before == null ? Hash.ZERO : before.seal().event(), head.hash(), head.position() + 1);
    }

    static Head head(List<StoredEvent> log) {
        return log.isEmpty()
                ? Head.EMPTY
                : new Head(log.getLast().position(), log.getLast().seal().ledger());
    }

    /** What was said of a log's head when it was this long. */
    static Checkpoint checkpoint(List<StoredEvent> log) {
        Head head = head(log);
        return new Checkpoint(log.getFirst().seal().ledger(), head.position(), head.hash(), START, ADA);
    }

    static PromotionId id(int number) {
        return new PromotionId(String.format(Locale.ROOT, "01890000-0000-7000-8000-%012x", number));
    }

    /** The contract of a promotion, which declares exactly the rules that are recorded with it. */
    static String contract(int number) {
        return """
                schema = "railiance.app.v1"

                [app]
                name = "shop-%d"
                criticality = "critical"

                [owner]
                team = "web"

                [stage1]
                [[stage1.commands]]
                name = "build"
                argv = ["true"]

                [[stage2.gates]]
                name = "errors"
                kind = "command"
                argv = ["true"]

                [approval.stage3]
                required = 1
                from = ["bob@example.org"]
                """.formatted(number);
    }

    /** A whole promotion. */
    static List<PromotionEvent> history(int number) {
        Instant at = START.plus(Duration.ofMinutes(11L * number));
        Digest plan = digest("plan " + number);
        var release = new Release("shop-canary", "shop", number, digest("manifests"));
        return List.of(
                opened(number, at),
                new ValidationStarted(at.plusSeconds(1), ADA, attempt(number, 1)),
                new PromotionValidated(
                        at.plusSeconds(60), ADA, attempt(number, 1).id(), report()),
                new CanaryDeployStarted(at.plusSeconds(100), ADA, attempt(number, 2), plan),
                new CanaryDeployed(at.plusSeconds(130), ADA, attempt(number, 2).id(), release),
                new GateEvaluated(at.plusSeconds(200), ADA, look(at)),
                new GatesPassed(at.plusSeconds(200), ADA, new TreeSet<>(List.of("errors"))),
                new ApprovalGranted(at.plusSeconds(300), BOB, approval(at, plan)),
                new PromotionApproved(at.plusSeconds(300), BOB, Optional.of(plan), List.of(BOB)),
                new PromoteStarted(at.plusSeconds(400), ADA, attempt(number, 3), plan, Optional.empty()),
                new PromotionPromoted(
                        at.plusSeconds(450), ADA, attempt(number, 3).id(), release, List.of()));
    }

    private static PromotionOpened opened(int number, Instant at) {
        return new PromotionOpened(
                at,
                ADA,
                id(number),
                new Target("shop-" + number, "production"),
                new Artifact(
                        "0123456789abcdef0123456789abcdef01234567",
                        false,
                        Optional.empty(),
                        Optional.of("registry.example.org/shöp"),
                        Optional.of(digest("image " + number))),
                digest(contract(number)),
                RULES);
    }

    private static Approval approval(Instant at, Digest plan) {
        return new Approval(
                Approval.Scope.STAGE3, plan, BOB, at.plusSeconds(300).plus(Duration.ofHours(24)), true, "fine");
    }

    private static Attempt attempt(int promotion, int number) {
        return new Attempt(
                new AttemptId(String.format(Locale.ROOT, "01890000-0000-7000-9000-%010x%02x", promotion, number)),
                "build-3",
                4711);
    }

    private static ValidationReport report() {
        return new ValidationReport(
                Verdict.PASSED,
                List.of(new Step(
                        "unit tests", Step.Kind.COMMAND, Verdict.PASSED, Duration.ofMillis(1234), Optional.empty())),
                List.of(new EvidenceFile("target/report.xml", digest("report"), 321)),
                Map.of("helm", "v3.17.2"));
    }

    private static GateEvaluation look(Instant at) {
        return new GateEvaluation(
                "errors",
                GateEvaluation.Result.PASS,
                "0.5 % of 20 %",
                Optional.of("sum(rate(http_requests_total[1m]))"),
                at.plusSeconds(140),
                at.plusSeconds(200),
                List.of(0.25, 1e-9),
                List.of(0.5),
                digest("samples"));
    }

    static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }
}
