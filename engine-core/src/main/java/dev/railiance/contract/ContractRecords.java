package dev.railiance.contract;

import dev.railiance.contract.schema.Section;
import dev.railiance.contract.value.InstantText;
import dev.railiance.contract.value.LocalSecret;
import dev.railiance.contract.value.SecretLocation;
import dev.railiance.contract.value.WeeklyWindow;
import dev.railiance.contract.value.WeeklyWindow.WeekTime;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes records of a contract in which no fault was found. Every default that is a value comes from the schema; the ones
 * that depend on another key are filled in here.
 */
record ContractRecords(Section root) {

    AppContract contract() {
        String name = text(root.section("app"), "name");
        Section approval = root.section("approval");
        return new AppContract(
                root.node().path("schema").asText(),
                identity(name),
                owner(),
                source(),
                artifact(),
                root.given("deploy").map(deploy -> deploy(deploy, name)),
                root.sections("dependencies").stream()
                        .map(ContractRecords::dependency)
                        .toList(),
                root.sections("secrets").stream().map(ContractRecords::secret).toList(),
                health(),
                new ObservabilityRecords(root).observability(),
                stage1(),
                new RolloutRecords(root).stage2(),
                new RolloutRecords(root).stage3(),
                rollback(),
                new Approval(
                        text(approval, "signers"),
                        rule(approval.section("stage2")),
                        rule(approval.section("stage3")),
                        rule(approval.section("rollback"))),
                root.sections("freeze").stream().map(ContractRecords::freeze).toList(),
                root.sections("notifications").stream()
                        .map(ContractRecords::notification)
                        .toList());
    }

    private AppIdentity identity(String name) {
        Section app = root.section("app");
        return new AppIdentity(
                name,
                app.text("title").orElse(name),
                choice(AppIdentity.Kind.class, text(app, "kind")),
                choice(AppIdentity.Criticality.class, text(app, "criticality")));
    }

    private Owner owner() {
        Section owner = root.section("owner");
        return new Owner(text(owner, "team"), owner.text("contact"), owner.text("escalation"));
    }

    private Source source() {
        Section source = root.section("source");
        return new Source(
                source.text("repository"), source.text("revision"), source.text("upstream"), source.texts("exclude"));
    }

    private Artifact artifact() {
        Section artifact = root.section("artifact");
        return new Artifact(
                artifact.text("image"),
                artifact.text("tag"),
                artifact.text("digest"),
                choice(Artifact.Policy.class, text(artifact, "policy")),
                artifact.given("signature")
                        .map(signature ->
                                new Artifact.Signature(text(signature, "identity"), text(signature, "issuer"))));
    }

    private static Deploy deploy(Section deploy, String name) {
        return new Deploy(
                choice(Deploy.Tool.class, text(deploy, "tool")),
                text(deploy, "environment"),
                deploy.text("chart"),
                deploy.text("subchart"),
                deploy.text("release").orElse(name),
                deploy.text("namespace").orElse(name),
                deploy.texts("values"),
                duration(deploy, "timeout"),
                deploy.texts("contexts"),
                CheckRecords.commands(deploy, "commands"));
    }

    private static Dependency dependency(Section dependency) {
        Section check = dependency.section("check");
        String name = text(dependency, "name");
        Dependency.Probe probe = text(check, "kind").equals("kubectl")
                ? new Dependency.Probe.Resource(
                        text(check, "resource"),
                        text(check, "condition"),
                        check.text("namespace"),
                        duration(check, "timeout"))
                : new Dependency.Probe.ByCheck(CheckRecords.check(check, name));
        return new Dependency(name, text(dependency, "kind"), dependency.flag("required"), probe);
    }

    private static SecretReference secret(Section secret) {
        return new SecretReference(
                text(secret, "name"),
                SecretLocation.parse(text(secret, "ref")).orElseThrow(),
                secret.texts("needed_in").stream()
                        .map(stage -> stage.charAt(stage.length() - 1) - '0')
                        .collect(Collectors.toSet()));
    }

    private Health health() {
        Section health = root.section("health");
        return new Health(
                health.text("liveness"), health.text("readiness"), health.integer("port"), duration(health, "startup"));
    }

    private Stage1 stage1() {
        Section stage1 = root.section("stage1");
        Duration startup = duration(root.section("health"), "startup");
        return new Stage1(
                CheckRecords.commands(stage1, "commands"),
                stage1.given("target").map(target -> CheckRecords.target(target, startup)),
                CheckRecords.checks(stage1, "checks"),
                stage1.texts("evidence"));
    }

    private Rollback rollback() {
        Section rollback = root.section("rollback");
        return new Rollback(
                choice(Rollback.Strategy.class, text(rollback, "strategy")),
                rollback.flag("automatic"),
                CheckRecords.commands(rollback, "commands"),
                CheckRecords.checks(rollback, "verify"));
    }

    private static Approval.Rule rule(Section rule) {
        return new Approval.Rule(
                rule.integer("required").orElseThrow(),
                rule.texts("from"),
                rule.flag("exclude_requester"),
                duration(rule, "expires"),
                rule.flag("signed"));
    }

    private static Freeze freeze(Section freeze) {
        String name = text(freeze, "name");
        OptionalInt override = freeze.section("override").integer("required");
        return freeze.given("weekly")
                .<Freeze>map(weekly -> new Freeze.Weekly(
                        name,
                        new WeeklyWindow(
                                WeekTime.parse(text(weekly, "from")).orElseThrow(),
                                WeekTime.parse(text(weekly, "to")).orElseThrow(),
                                ZoneId.of(text(weekly, "zone"))),
                        override))
                .orElseGet(() -> new Freeze.Once(
                        name,
                        InstantText.parse(text(freeze, "from")).orElseThrow(),
                        InstantText.parse(text(freeze, "to")).orElseThrow(),
                        override));
    }

    private static Notification notification(Section notification) {
        return new Notification(
                text(notification, "name"),
                text(notification, "url"),
                LocalSecret.parse(text(notification, "secret_ref")).orElseThrow(),
                Set.copyOf(notification.texts("events")));
    }

    static String text(Section section, String key) {
        return section.text(key)
                .orElseThrow(() -> new IllegalStateException("no value and no default: " + section.at(key)));
    }

    static Duration duration(Section section, String key) {
        return section.duration(key)
                .orElseThrow(() -> new IllegalStateException("no value and no default: " + section.at(key)));
    }

    static int integer(Section section, String key) {
        return section.integer(key)
                .orElseThrow(() -> new IllegalStateException("no value and no default: " + section.at(key)));
    }

    static <E extends Enum<E>> E choice(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
