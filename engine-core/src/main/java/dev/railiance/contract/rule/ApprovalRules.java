package dev.railiance.contract.rule;

import static dev.railiance.contract.rule.Draft.is;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.fault.Similar;
import dev.railiance.contract.schema.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rules about who must agree. */
final class ApprovalRules {

    private static final int LARGEST_SIGNERS = 1024 * 1024;

    private ApprovalRules() {}

    static Stream<Finding> signedApprovalOfCritical(Draft draft) {
        Section app = draft.section("app");
        if (!is(app, "criticality", "critical")) {
            return Stream.empty();
        }
        Section stage3 = draft.section("approval").section("stage3");
        Stream<Finding> unsigned = draft.approvals()
                .filter(rule -> rule.has("signed") && !rule.flag("signed"))
                .map(rule -> Finding.atValue(
                                FaultCode.CRITICAL_APPROVAL,
                                rule.at("signed"),
                                "approvals of a critical app are signed")
                        .found("signed = false")
                        .expected("signed = true, or app.criticality = \"standard\""));
        if (stage3.integer("required").orElse(1) >= 1) {
            return unsigned;
        }
        Finding nobody = (stage3.has("required")
                        ? Finding.atValue(FaultCode.CRITICAL_APPROVAL, stage3.at("required"), CRITICAL)
                        : stage3.node().isEmpty()
                                ? Finding.atValue(FaultCode.CRITICAL_APPROVAL, app.at("criticality"), CRITICAL)
                                : Finding.atKey(FaultCode.CRITICAL_APPROVAL, stage3.path(), CRITICAL))
                .found("approval.stage3.required is 0")
                .expected("at least 1");
        return Stream.concat(Stream.of(nobody), unsigned);
    }

    private static final String CRITICAL = "a critical app needs a signed approval at Stage 3";

    static Stream<Finding> quorumThatCanBeReached(Draft draft) {
        return draft.approvals().flatMap(rule -> {
            int required = rule.integer("required").orElse(0);
            List<String> from = rule.texts("from").stream().distinct().toList();
            return from.isEmpty() || required <= from.size()
                    ? Stream.empty()
                    : Stream.of(Finding.atValue(
                                    FaultCode.QUORUM_TOO_LARGE, rule.at("required"), "more must approve than may")
                            .found(required + " of " + from.size())
                            .expected("at most " + from.size() + ", or more names in " + rule.at("from")));
        });
    }

    static Stream<Finding> signersFileReadable(Draft draft) {
        Section approval = draft.section("approval");
        Optional<Section> signed =
                draft.approvals().filter(ApprovalRules::needsSigners).findFirst();
        if (signed.isEmpty() || principals(draft).isPresent()) {
            return Stream.empty();
        }
        Finding finding = approval.has("signers")
                ? Finding.atValue(FaultCode.SIGNERS_UNREADABLE, approval.at("signers"), UNREADABLE)
                : Finding.atKey(FaultCode.SIGNERS_UNREADABLE, signed.get().path(), UNREADABLE);
        return Stream.of(finding.found("no readable file "
                        + Shown.quoted(approval.text("signers").orElse("")))
                .expected("an OpenSSH allowed_signers file in the repository"));
    }

    private static final String UNREADABLE = "signed approvals need the signers file";

    static Stream<Finding> approversHaveKeys(Draft draft) {
        return principals(draft).stream()
                .flatMap(principals -> draft.approvals()
                        .filter(ApprovalRules::needsSigners)
                        .flatMap(rule -> withoutKey(rule, principals)));
    }

    private static Stream<Finding> withoutKey(Section rule, Principals principals) {
        List<String> from = rule.texts("from");
        return IntStream.range(0, from.size())
                .filter(i -> !principals.include(from.get(i)))
                .mapToObj(i -> Finding.atValue(
                                FaultCode.UNKNOWN_APPROVER,
                                rule.at("from").item(i),
                                "this approver has no key in the signers file")
                        .found(Shown.quoted(from.get(i)))
                        .expected("a principal of the file named by approval.signers")
                        .suggest(Similar.hint(from.get(i), principals.names())));
    }

    private static boolean needsSigners(Section rule) {
        return rule.flag("signed")
                && (rule.integer("required").orElse(0) > 0
                        || !rule.texts("from").isEmpty());
    }

    /** The signers, or nothing where the file cannot be read or lies outside the repository. */
    private static Optional<Principals> principals(Draft draft) {
        try {
            Path repository = draft.repository().toRealPath();
            Path file = repository
                    .resolve(draft.section("approval").text("signers").orElse(""))
                    .toRealPath();
            if (!file.startsWith(repository) || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                return Optional.of(
                        Principals.parse(new String(in.readNBytes(LARGEST_SIGNERS), StandardCharsets.UTF_8)));
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
