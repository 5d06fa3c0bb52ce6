package dev.railiance.contract.rule;

import static dev.railiance.contract.rule.Draft.is;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.schema.Section;
import dev.railiance.contract.value.KeyPath;
import java.util.stream.Stream;

/** Rules about source, artifact, deployment and the way back. */
final class DeployRules {

    private DeployRules() {}

    static Stream<Finding> upstreamOfThirdParty(Draft draft) {
        Section app = draft.section("app");
        if (!is(app, "kind", "third-party") || draft.section("source").has("upstream")) {
            return Stream.empty();
        }
        return Stream.of(Finding.atValue(
                        FaultCode.UPSTREAM_NEEDED, app.at("kind"), "a third-party application needs its upstream")
                .found("no source.upstream")
                .expected("source.upstream = \"railiance/upstream.toml\""));
    }

    /** Its source is elsewhere, so that there is nothing to promote but an image; a chart of the upstream's names its own. */
    static Stream<Finding> imageOfThirdParty(Draft draft) {
        Section artifact = draft.section("artifact");
        boolean ownChart = draft.contract().given("deploy").stream()
                .anyMatch(deploy -> is(deploy, "tool", "helm")
                        && deploy.text("chart")
                                .filter(chart -> !chart.startsWith("oci://"))
                                .isPresent()
                        && !deploy.has("subchart"));
        if (!is(draft.section("app"), "kind", "third-party") || !ownChart || artifact.has("image")) {
            return Stream.empty();
        }
        KeyPath where = draft.contract().has("artifact")
                ? artifact.path()
                : draft.section("deploy").at("chart");
        return Stream.of(Finding.atKey(FaultCode.IMAGE_NEEDED, where, "a third-party application needs its image")
                .found("no artifact.image")
                .expected(
                        "artifact.image with tag and digest, or deploy.subchart where the upstream's chart names it"));
    }

    static Stream<Finding> digestOfPinnedImage(Draft draft) {
        Section artifact = draft.section("artifact");
        if (!artifact.has("image") || artifact.has("digest") || !is(artifact, "policy", "digest-pinned")) {
            return Stream.empty();
        }
        return Stream.of(Finding.atKey(FaultCode.DIGEST_NEEDED, artifact.at("image"), "a pinned image needs its digest")
                .found("no artifact.digest")
                .expected("artifact.digest, or artifact.policy = \"tag-allowed\""));
    }

    static Stream<Finding> chartForHelm(Draft draft) {
        return draft.contract().given("deploy").stream()
                .filter(deploy -> is(deploy, "tool", "helm") && !deploy.has("chart"))
                .map(deploy -> Finding.atKey(FaultCode.CHART_NEEDED, deploy.path(), "Helm needs a chart to deploy")
                        .found("no deploy.chart")
                        .expected("deploy.chart, or deploy.tool = \"commands\""));
    }

    static Stream<Finding> commandsWhereTheyAreTheTool(Draft draft) {
        return Stream.concat(
                commandsMissing(draft.section("deploy"), "tool"),
                commandsMissing(draft.section("rollback"), "strategy"));
    }

    private static Stream<Finding> commandsMissing(Section section, String key) {
        if (!is(section, key, "commands") || section.node().path("commands").size() > 0) {
            return Stream.empty();
        }
        return Stream.of(Finding.atValue(FaultCode.COMMANDS_NEEDED, section.at(key), section.path() + " needs commands")
                .found(section.at(key) + " = \"commands\" without any")
                .expected("[[" + section.at("commands") + "]]"));
    }

    static Stream<Finding> rollbackByTheToolThatDeploys(Draft draft) {
        Section deploy = draft.section("deploy");
        Section rollback = draft.section("rollback");
        if (!is(rollback, "strategy", "helm-revision") || !is(deploy, "tool", "commands")) {
            return Stream.empty();
        }
        var where = rollback.has("strategy") ? rollback.at("strategy") : deploy.at("tool");
        return Stream.of(Finding.atValue(FaultCode.ROLLBACK_TOOL, where, "Helm cannot roll back what commands deploy")
                .found("rollback.strategy helm-revision with deploy.tool commands")
                .expected("rollback.strategy = \"commands\" and [[rollback.commands]]"));
    }
}
