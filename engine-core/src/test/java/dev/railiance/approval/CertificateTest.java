package dev.railiance.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.PromotionId;
import dev.railiance.signature.Signers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvers whose keys an authority certifies; {@code ssh-keygen -Y verify} and {@code find-principals} agree on each. */
class CertificateTest {

    private static final String RULES = """
            [approval.stage3]
            required = 2
            from = ["alice@example.org", "bob@example.org"]
            signed = true
            """;

    /** Of an authority's line, what is not about a time that is over. */
    private static final String SIGNERS = """
            *@example.org,!eve@example.org cert-authority,namespaces="railiance-approval" KEY(ca)
            """;

    private static final String TODAY = "20261124080000Z:20261124200000Z";
    private static final String ALICE = "alice@example.org";

    @TempDir
    Path directory;

    /** What a certificate says, beside its key, and what comes of a statement that is signed with it. */
    private record Case(String name, List<String> made, Optional<Code> refused) {

        static Case holds(String name, String... made) {
            return new Case(name, List.of(made), Optional.empty());
        }

        static Case refused(Code code, String name, String... made) {
            return new Case(name, List.of(made), Optional.of(code));
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(
                Case.holds("for today", "-n", ALICE, "-V", TODAY),
                Case.holds("for ever", "-n", ALICE),
                Case.holds("among others", "-n", "root," + ALICE + ",carol@elsewhere.org", "-V", TODAY),
                Case.holds(
                        "with critical options, which are about logins",
                        "-n",
                        ALICE,
                        "-O",
                        "force-command=/bin/true",
                        "-O",
                        "critical:made-up@example.org=yes",
                        "-V",
                        TODAY),
                Case.refused(Code.KEY_NOT_VALID, "over", "-n", ALICE, "-V", "20261123080000Z:20261124085959Z"),
                Case.refused(Code.KEY_NOT_VALID, "over now", "-n", ALICE, "-V", "20261123080000Z:20261124090000Z"),
                Case.refused(Code.KEY_NOT_VALID, "not begun", "-n", ALICE, "-V", "20261125080000Z:20261126080000Z"),
                Case.refused(Code.KEY_UNKNOWN, "of a host", "-h", "-n", ALICE, "-V", TODAY),
                Case.refused(Code.KEY_UNKNOWN, "for anybody", "-V", TODAY),
                Case.refused(Code.KEY_UNKNOWN, "for somebody else", "-n", "bob@example.org", "-V", TODAY),
                Case.refused(Code.KEY_UNKNOWN, "for a pattern", "-n", "*@example.org", "-V", TODAY),
                Case.refused(Code.KEY_UNKNOWN, "for nobody of the line", "-n", "alice@elsewhere.org", "-V", TODAY));
    }

    @Test
    void whatACertificateSaysCountsAsOpensshCountsIt() throws Exception {
        try (var world = new World(directory, RULES, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            for (Case each : cases().toList()) {
                Path certificate = world.certified("alice", "ca", each.made());
                var brought = world.signedWith(world.statement(id, ALICE).bytes(), certificate, "railiance-approval");

                assertEquals(each.refused().isEmpty(), world.openssh(brought, ALICE), each.name());
                assertEquals(each.refused(), World.code(world.bring(id, brought)), each.name());
                // A pattern is no name to us, whoever certifies it.
                if (!each.name().equals("for a pattern")) {
                    assertEquals(world.principals(brought), names(world, brought), each.name());
                }
            }
        }
    }

    @Test
    void everyKindOfKeyIsCertified() throws Exception {
        String signers = """
                *@example.org cert-authority KEY(ca)
                *@example.org cert-authority KEY(rsa:ca)
                *@example.org cert-authority KEY(ecdsa:ca)
                """;
        try (var world = new World(directory, RULES, signers)) {
            PromotionId id = world.gatesPassed();
            for (String authority : List.of("ca", "rsa:ca", "ecdsa:ca")) {
                for (String key : List.of("alice", "rsa:alice", "ecdsa:alice")) {
                    Path certificate = world.certified(key, authority, List.of("-n", ALICE, "-V", TODAY));
                    var brought =
                            world.signedWith(world.statement(id, ALICE).bytes(), certificate, "railiance-approval");
                    assertTrue(world.openssh(brought, ALICE), key + " by " + authority);
                    assertEquals(List.of(ALICE), names(world, brought), key + " by " + authority);
                }
            }
        }
    }

    @Test
    void approversSignWithTheirCertificatesAndTheirPrincipalsAreTheApprovers() throws Exception {
        try (var world = new World(directory, RULES, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            Path alice = world.certified("alice", "ca", List.of("-n", ALICE, "-V", TODAY));
            ApprovalResult first = World.value(approve(world, id, alice));
            assertEquals(ALICE, first.approver());
            assertTrue(first.signed());
            Path bob = world.certified("bob", "ca", List.of("-n", "bob@example.org", "-V", TODAY));
            assertEquals("approved", World.value(approve(world, id, bob)).phase());
        }
    }

    @Test
    void aKeyThatIsCertifiedForTwoNamesIsOnePerson() throws Exception {
        try (var world = new World(directory, RULES, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            World.value(approve(world, id, world.certified("alice", "ca", List.of("-n", ALICE, "-V", TODAY))));
            Path asBob = world.certified("alice", "ca", List.of("-n", "bob@example.org", "-V", TODAY));
            assertEquals(Optional.of(Code.KEY_UNKNOWN), World.code(approve(world, id, asBob)));

            Path both = world.certified("both", "ca", List.of("-n", "bob@example.org," + ALICE, "-V", TODAY));
            var asAlice = world.signedWith(world.statement(id, ALICE).bytes(), both, "railiance-approval");
            assertTrue(world.openssh(asAlice, ALICE));
            // The first that the rule names is who it is, and that is Bob.
            assertEquals(Optional.of(Code.KEY_UNKNOWN), World.code(world.bring(id, asAlice)));
            assertEquals(
                    "bob@example.org", World.value(approve(world, id, both)).approver());
        }
    }

    @Test
    void nobodyButTheAuthorityCertifies() throws Exception {
        try (var world = new World(directory, RULES, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            Path self = world.certified("alice", "alice", List.of("-n", ALICE, "-V", TODAY));
            refused(world, id, self, Code.KEY_UNKNOWN);
            Path other = world.certified("alice", "mallory", List.of("-n", ALICE, "-V", TODAY));
            refused(world, id, other, Code.KEY_UNKNOWN);
            // The authority's own key signs nothing itself, and a certified one nothing without its certificate.
            refused(world, id, world.key("ca"), Code.KEY_UNKNOWN);
            refused(world, id, world.key("alice"), Code.KEY_UNKNOWN);
            Path eve = world.certified("eve", "ca", List.of("-n", "eve@example.org", "-V", TODAY));
            refused(world, id, eve, Code.KEY_UNKNOWN);
            assertEquals(
                    Optional.of(Code.KEY_UNKNOWN),
                    World.code(world.engine()
                            .approvalStatement(
                                    world.request(
                                            id,
                                            new Act.Approve(Scope.STAGE3, Optional.of(World.PLAN)),
                                            new Means.Nothing()),
                                    "eve@example.org")));
        }
    }

    @Test
    void aCertificateWhoseBytesAreNotTheAuthoritysIsNone() throws Exception {
        try (var world = new World(directory, RULES, SIGNERS)) {
            PromotionId id = world.gatesPassed();
            Path certificate = world.certified("alice", "ca", List.of("-n", ALICE, "-V", TODAY));
            var brought = world.signedWith(world.statement(id, ALICE).bytes(), certificate, "railiance-approval");
            byte[] blob = world.bytes(brought.signature());
            String text = new String(blob, StandardCharsets.ISO_8859_1);
            int at = text.indexOf(ALICE);
            blob[at] = 'b';
            world.armour(brought.signature(), blob);
            refused(world, id, brought, Code.SIGNATURE_INVALID);
        }
    }

    @Test
    void theOptionsOfTheAuthoritysLineHold() throws Exception {
        for (var each : List.of(
                new Line("valid-before=\"20261124085959Z\"", Code.KEY_NOT_VALID),
                new Line("valid-after=\"20261125\"", Code.KEY_NOT_VALID),
                new Line("namespaces=\"git\"", Code.KEY_NOT_VALID))) {
            String signers = "*@example.org cert-authority," + each.option() + " KEY(ca)\n";
            Path here = Files.createTempDirectory(directory, "world");
            try (var world = new World(here, RULES, signers)) {
                PromotionId id = world.gatesPassed();
                Path certificate = world.certified("alice", "ca", List.of("-n", ALICE, "-V", TODAY));
                refused(world, id, certificate, each.code());
            }
        }
    }

    private record Line(String option, Code code) {}

    @Test
    void whomTheRepositoryLetsPassNoMoreIsStopped() throws Exception {
        for (String now : List.of(
                "*@example.org cert-authority,valid-before=\"20261124080000Z\" KEY(ca)\n",
                "*@example.org,!alice@example.org cert-authority KEY(ca)\n")) {
            Path here = Files.createTempDirectory(directory, "world");
            try (var world = new World(here, RULES, SIGNERS)) {
                PromotionId id = world.gatesPassed();
                Path certificate = world.certified("alice", "ca", List.of("-n", ALICE, "-V", TODAY));
                world.declare(RULES, now);
                refused(world, id, certificate, Code.KEY_NOT_VALID);
            }
        }
    }

    private static void refused(World world, PromotionId id, Path key, Code code) throws Exception {
        refused(world, id, world.signedWith(world.statement(id, ALICE).bytes(), key, "railiance-approval"), code);
    }

    private static void refused(World world, PromotionId id, Means.Brought brought, Code code) throws Exception {
        assertEquals(false, world.openssh(brought, ALICE));
        assertEquals(Optional.of(code), World.code(world.bring(id, brought)));
    }

    private static Outcome<ApprovalResult> approve(World world, PromotionId id, Path certificate) {
        return world.approve(id, new Act.Approve(Scope.STAGE3, Optional.of(World.PLAN)), new Means.Key(certificate));
    }

    private static List<String> names(World world, Means.Brought brought) throws Exception {
        Instant now = World.START;
        return switch (Signers.parse(Files.readString(world.signersFile()))
                .check(
                        Files.readAllBytes(brought.statement()),
                        Files.readAllBytes(brought.signature()),
                        "railiance-approval",
                        now)) {
            case Signers.Answer.Holds holds -> holds.names();
            default -> List.of();
        };
    }
}
