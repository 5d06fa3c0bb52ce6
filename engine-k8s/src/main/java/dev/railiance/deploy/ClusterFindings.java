package dev.railiance.deploy;

import dev.railiance.deploy.Rights.Right;
import dev.railiance.effect.ClusterQuestion;
import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Prerequisite;
import dev.railiance.helm.HelmFlags;
import dev.railiance.kubectl.KubectlContext;
import dev.railiance.kubectl.KubectlVersion;
import dev.railiance.kubectl.NamespacePhase;
import dev.railiance.process.ShellWord;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.Installation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What answers of tools mean for what a deployment needs. Pure: nothing is asked here. */
final class ClusterFindings {

    private ClusterFindings() {}

    static Prerequisite helm(Answer<HelmFlags> asked, Map<String, String> tools) {
        return switch (asked) {
            case Answer.Done<HelmFlags> done -> {
                String number = done.value().version().number();
                tools.put("helm", number);
                yield done.value().deploys()
                        ? Prerequisite.met("helm", number)
                        : Prerequisite.unmet("helm", number + " is too old; needed is 3.13", Installation.OF_HELM);
            }
            case Answer.NotDone<HelmFlags> not -> tool("helm", not, Installation.OF_HELM);
        };
    }

    static Prerequisite kubectl(Answer<KubectlVersion.Versions> asked, Map<String, String> tools) {
        return switch (asked) {
            case Answer.Done<KubectlVersion.Versions> done -> {
                String number = done.value().client();
                tools.put("kubectl", number);
                done.value().server().ifPresent(server -> tools.put("kubernetes", server));
                String[] parts = number.split("\\.", 3);
                yield Integer.parseInt(parts[0]) > 1 || Integer.parseInt(parts[1]) >= Installation.OLDEST_KUBECTL_MINOR
                        ? Prerequisite.met("kubectl", number)
                        : Prerequisite.unmet(
                                "kubectl",
                                number + " is too old; needed is 1." + Installation.OLDEST_KUBECTL_MINOR,
                                Installation.OF_KUBECTL);
            }
            case Answer.NotDone<KubectlVersion.Versions> not -> tool("kubectl", not, Installation.OF_KUBECTL);
        };
    }

    private static Prerequisite tool(String name, Answer.NotDone<?> not, String fix) {
        return not.cause() == Cause.MISSING || not.cause() == Cause.UNSUPPORTED
                ? Prerequisite.unmet(name, not.cause() == Cause.MISSING ? "it is not on PATH" : not.reason(), fix)
                : Prerequisite.unknown(name, not.reason(), fix);
    }

    static Prerequisite context(Answer<KubectlContext.Target> asked, List<String> allowed, CommandPlace place) {
        String fix = "kubectl config get-contexts";
        return switch (asked) {
            case Answer.Done<KubectlContext.Target> done -> {
                String name = done.value().context();
                yield allowed.isEmpty() || allowed.contains(name)
                        ? Prerequisite.met(Prerequisite.CONTEXT, name)
                        : Prerequisite.unmet(
                                Prerequisite.CONTEXT,
                                name + " is not one that the contract allows: " + String.join(", ", allowed),
                                // The current one is not what counts where another was named.
                                place.context().isPresent()
                                        ? ""
                                        : "kubectl config use-context " + ShellWord.of(allowed.getFirst()));
            }
            case Answer.NotDone<KubectlContext.Target> not ->
                not.cause() == Cause.MISSING
                        ? Prerequisite.skipped(Prerequisite.CONTEXT, "not looked at: there is no kubectl")
                        : Prerequisite.unmet(Prerequisite.CONTEXT, not.reason(), fix);
        };
    }

    static Prerequisite cluster(Answer<KubectlVersion.Versions> asked, CommandPlace place) {
        return switch (asked) {
            case Answer.Done<KubectlVersion.Versions> done ->
                Prerequisite.met(
                        Prerequisite.CLUSTER,
                        "Kubernetes " + done.value().server().orElse("of an unknown version"));
            case Answer.NotDone<KubectlVersion.Versions> not ->
                Prerequisite.unknown(Prerequisite.CLUSTER, not.reason(), new Answers(place).hint(not));
        };
    }

    static Prerequisite namespace(Answer<NamespacePhase.Phase> asked, CommandPlace place) {
        String namespace = place.namespace();
        return switch (asked) {
            case Answer.Done<NamespacePhase.Phase> done ->
                done.value() == NamespacePhase.Phase.ACTIVE
                        ? Prerequisite.met("namespace", namespace)
                        : Prerequisite.unmet(
                                "namespace",
                                namespace + " is being deleted",
                                "kubectl wait --for=delete namespace/" + namespace + " --timeout=120s"
                                        + place.cluster());
            case Answer.NotDone<NamespacePhase.Phase> not ->
                switch (not.cause()) {
                    case NOT_FOUND ->
                        Prerequisite.unmet(
                                "namespace",
                                namespace + " is not there",
                                "kubectl create namespace " + namespace + place.cluster());
                    // Who may deploy into a namespace need not be able to read it.
                    case FORBIDDEN -> Prerequisite.skipped("namespace", namespace + " may not be looked at");
                    default -> Prerequisite.unknown("namespace", not.reason(), new Answers(place).hint(not));
                };
        };
    }

    static Prerequisite rights(Answer<List<Right>> missing, CommandPlace place) {
        String fix = "kubectl auth can-i --list" + place.kubectl();
        return switch (missing) {
            case Answer.Done<List<Right>> done
            when done.value().isEmpty() -> Prerequisite.met("rights", "releases may be made, changed and removed");
            case Answer.Done<List<Right>> done -> {
                var verbs = new LinkedHashMap<String, String>();
                done.value()
                        .forEach(right ->
                                verbs.merge(right.resource(), right.verb(), (one, other) -> one + ", " + other));
                yield Prerequisite.unmet(
                        "rights",
                        verbs.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(Collectors.joining(
                                        "; ", "the credentials may not ", " in " + place.namespace())),
                        fix);
            }
            case Answer.NotDone<List<Right>> not -> Prerequisite.unknown("rights", not.reason(), fix);
        };
    }

    static Prerequisite secret(ClusterQuestion.SecretKey secret, Answer<List<String>> asked, CommandPlace place) {
        String name = "secret " + secret.name();
        String where = secret.namespace() + "/" + secret.secret();
        String fix = "kubectl get secret " + secret.secret()
                + place.in(secret.namespace()).kubectl();
        return switch (asked) {
            case Answer.Done<List<String>> done ->
                done.value().contains(secret.key())
                        ? Prerequisite.met(name, "key " + secret.key() + " of " + where + " is there")
                        : Prerequisite.unmet(name, where + " has no key " + secret.key(), fix);
            case Answer.NotDone<List<String>> not ->
                not.cause() == Cause.NOT_FOUND || not.cause() == Cause.NAMESPACE_NOT_FOUND
                        ? Prerequisite.unmet(name, where + " is not there", fix)
                        : Prerequisite.unknown(name, not.reason(), fix);
        };
    }

    /** Each dependency is told by its name, whatever kind of object it is. */
    static Prerequisite condition(ClusterQuestion.Condition wanted, Answer<List<Boolean>> asked, CommandPlace place) {
        String name = "dependency " + wanted.name();
        String fix = "kubectl get " + wanted.resource() + place.kubectl();
        return switch (asked) {
            case Answer.Done<List<Boolean>> done
            when done.value().getFirst() -> Prerequisite.met(name, wanted.resource() + " is " + wanted.condition());
            case Answer.Done<List<Boolean>> done ->
                lacking(wanted, name, wanted.resource() + " is not " + wanted.condition(), fix);
            case Answer.NotDone<List<Boolean>> not
            when not.cause() == Cause.NOT_FOUND -> lacking(wanted, name, wanted.resource() + " is not there", fix);
            case Answer.NotDone<List<Boolean>> not -> Prerequisite.unknown(name, not.reason(), fix);
        };
    }

    private static Prerequisite lacking(ClusterQuestion.Condition wanted, String name, String reason, String fix) {
        return wanted.required()
                ? Prerequisite.unmet(name, reason, fix)
                : Prerequisite.skipped(name, reason + "; it is not required");
    }
}
