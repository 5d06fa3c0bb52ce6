package dev.railiance.promotion;

import static dev.railiance.promotion.Samples.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the domain's values accept, and what they say. */
class ValuesTest {

    private static final String UUID = "0190a0b0-0000-7000-8000-00000000000f";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "0190A0B0-0000-7000-8000-00000000000F",
                "0190a0b0-0000-7000-8000-00000000000f ",
                "0190a0b000007000800000000000000f",
                "0190a0b0-0000-7000-8000-00000000000g"
            })
    void identityThatIsNoLowerCaseUuidIsRejected(String value) {
        assertThrows(IllegalArgumentException.class, () -> new PromotionId(value));
        assertThrows(IllegalArgumentException.class, () -> new AttemptId(value));
    }

    @Test
    void identitiesReadAsTheirValue() {
        assertEquals(UUID, new PromotionId(UUID).toString());
        assertEquals(UUID, new AttemptId(UUID).toString());
        assertEquals("process 4711 on build-3", new Attempt(new AttemptId(UUID), "build-3", 4711).holder());
    }

    static Stream<String> namesOfNobody() {
        return Stream.of("", "  ", "a".repeat(201), "ann\n", "a\u0000b", "a\u001b[31m", "a\u0085b");
    }

    @ParameterizedTest
    @MethodSource("namesOfNobody")
    void blankLongOrControllingNameIsNoActor(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Actor(name));
    }

    @Test
    void actorHasANameOfUpToTwoHundredCharacters() {
        assertEquals("a".repeat(200), new Actor("a".repeat(200)).toString());
        assertEquals("Jürgen Ö", new Actor("Jürgen Ö").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "-shop", "shop-", "shop.web", "sh op", "shop/web"})
    void targetTakesOnlyDnsLabels(String label) {
        assertThrows(IllegalArgumentException.class, () -> new Target(label, "production"));
        assertThrows(IllegalArgumentException.class, () -> new Target("shop", label));
    }

    @Test
    void targetsLabelsHaveAtMostSixtyThreeCharacters() {
        assertEquals("a/" + "b".repeat(63), new Target("a", "b".repeat(63)).toString());
        assertThrows(IllegalArgumentException.class, () -> new Target("a", "b".repeat(64)));
    }

    static Stream<String> notDigests() {
        return Stream.of("", "a".repeat(64), "sha256:" + "a".repeat(63), "sha256:" + "A".repeat(64), "sha512:aa");
    }

    @ParameterizedTest
    @MethodSource("notDigests")
    void digestIsSha256InLowerCase(String value) {
        assertThrows(IllegalArgumentException.class, () -> new Digest(value));
    }

    @Test
    void digestIsThatOfTheBytes() {
        String known = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(known, Digest.of("abc".getBytes(StandardCharsets.UTF_8)).toString());
    }

    @Test
    void digestOfPartsTellsTheirBordersApart() {
        assertNotEquals(Digest.ofParts("ab", "c"), Digest.ofParts("a", "bc"));
        assertNotEquals(Digest.ofParts("ab"), Digest.ofParts("ab", ""));
        assertEquals(digest("2:ab1:c"), Digest.ofParts("ab", "c"));
        assertEquals(digest("2:ü"), Digest.ofParts("ü"));
    }

    @Test
    void artifactsAreTheSameWhenAllThatIdentifiesThemIs() {
        var base = Samples.FIXED;
        assertEquals(
                base.digest(), new Artifact("4f2c", true, base.content(), base.image(), base.imageDigest()).digest());
        assertNotEquals(base.digest(), Samples.DIRTY.digest());
        assertNotEquals(base.digest(), Samples.WITHOUT_DIGEST.digest());
        assertNotEquals(
                base.digest(), new Artifact("4f2d", false, base.content(), base.image(), base.imageDigest()).digest());
        assertNotEquals(
                base.digest(),
                new Artifact("4f2c", false, base.content(), Optional.of("example/other"), base.imageDigest()).digest());
    }

    @Test
    void artifactIsFixedWhenItIsCleanAndItsImagePinnedWhereThatIsAskedFor() {
        assertTrue(Samples.FIXED.fixed(true));
        assertFalse(Samples.DIRTY.fixed(false));
        assertFalse(Samples.WITHOUT_DIGEST.fixed(true));
        assertTrue(Samples.WITHOUT_DIGEST.fixed(false));
        assertTrue(new Artifact("4f2c", false, Optional.empty(), Optional.empty(), Optional.empty()).fixed(true));
    }

    @Test
    void quorumIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> Samples.rule(-1, true));
        assertEquals(0, Samples.rule(0, true).required());
        assertEquals(Duration.ofHours(24), Rules.ApprovalRule.NONE.validFor());
    }

    @Test
    void requiredGateIsAGate() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Rules(
                        false,
                        false,
                        false,
                        List.of(),
                        new TreeSet<>(Set.of("errors")),
                        new TreeSet<>(Set.of("errors", "latency")),
                        Rules.ApprovalRule.NONE,
                        Rules.ApprovalRule.NONE,
                        Rules.ApprovalRule.NONE));
    }

    @Test
    void approvalEndsAtTheInstantItExpires() {
        var approval = Samples.approval(Approval.Scope.STAGE3, Samples.PLAN, Samples.ANN, true);
        assertTrue(approval.validAt(Samples.EXPIRY.minusNanos(1)));
        assertFalse(approval.validAt(Samples.EXPIRY));
    }

    @Test
    void worseVerdictOutweighsTheBetter() {
        var fromBestToWorst = List.of(Verdict.SKIPPED, Verdict.PASSED, Verdict.FAILED, Verdict.ERRORED);
        for (int better = 0; better < 4; better++) {
            for (int worse = better; worse < 4; worse++) {
                assertEquals(
                        fromBestToWorst.get(worse), fromBestToWorst.get(better).and(fromBestToWorst.get(worse)));
                assertEquals(
                        fromBestToWorst.get(worse), fromBestToWorst.get(worse).and(fromBestToWorst.get(better)));
            }
        }
    }

    @Test
    void collectionsAreCopiedAndClosed() {
        var samples = new ArrayList<>(List.of(1.0));
        var look = new GateEvaluation(
                "errors",
                GateEvaluation.Result.PASS,
                "",
                Optional.empty(),
                Samples.BEFORE_EXPIRY,
                Samples.EXPIRY,
                samples,
                samples,
                Samples.PLAN);
        samples.clear();
        assertEquals(List.of(1.0), look.stable());
        assertEquals(List.of(1.0), look.canary());
        assertThrows(
                UnsupportedOperationException.class, () -> Promotion.NEW.gates().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> Samples.rule(1, true).from().clear());
        assertThrows(IllegalArgumentException.class, () -> new Decision.Accepted(List.of()));
    }

    @Test
    void erroredReportHoldsItsStepAlone() {
        var step = new Step("build", Step.Kind.COMMAND, Verdict.ERRORED, Duration.ofMillis(3), Optional.empty());
        assertEquals(
                new ValidationReport(Verdict.ERRORED, List.of(step), List.of(), Map.of()),
                ValidationReport.errored(step));
    }

    @Test
    void phasesKnowTheirStageAndWhetherAnythingIsDeployed() {
        assertEquals(
                List.of(1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 1, 3),
                Stream.of(Phase.values()).map(Phase::stage).toList());
        assertTrue(Phase.PROMOTED.deployed());
        assertFalse(Phase.PROMOTED.inFlight());
        assertTrue(Phase.ROLLING_BACK.inFlight() && Phase.ROLLING_BACK.deployed());
        assertFalse(Phase.VALIDATED.deployed() || Phase.VALIDATED.inFlight() || Phase.VALIDATED.end());
    }

    @Test
    void everyPhaseNamesOneNextStepOfTheRepositoryOrOfThePromotion() {
        var ofTheRepository =
                Set.of("railiance run", "railiance deploy --stage 2", "railiance deploy --stage 2 --apply");
        for (Phase phase : Phase.values()) {
            var step = NextStep.of(phase, Samples.ID);
            assertTrue(step.command().startsWith("railiance "), step.command());
            assertTrue(
                    ofTheRepository.contains(step.command()) || step.command().contains(Samples.ID.value()),
                    step.command());
        }
    }
}
