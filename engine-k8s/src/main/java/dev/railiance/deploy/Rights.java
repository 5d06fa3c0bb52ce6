package dev.railiance.deploy;

import dev.railiance.kubectl.AccessReview;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlOperation;
import dev.railiance.kubectl.RulesReview;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Which rights are missing of those that it takes to bring out an app's releases and to take them back. */
final class Rights {

    /** What the releases of an app are made of. */
    private static final List<String> OBJECTS = List.of("deployments.apps", "services");

    private final Kubectl kubectl;
    private final PrivateHome home;
    private final ClusterNamespace namespace;
    private final Cancellation cancellation;

    Rights(Kubectl kubectl, PrivateHome home, ClusterNamespace namespace, Cancellation cancellation) {
        this.kubectl = kubectl;
        this.home = home;
        this.namespace = namespace;
        this.cancellation = cancellation;
    }

    /**
     * Something that is done with objects of a kind.
     *
     * @param resource in the plural and with its group
     */
    record Right(String verb, String resource) {}

    /** Those that Helm takes, its records included, which are kept where HELM_DRIVER says. */
    static List<Right> needed(Map<String, String> environment) {
        List<Right> needed = new ArrayList<>();
        OBJECTS.forEach(resource ->
                List.of("get", "create", "patch", "delete").forEach(verb -> needed.add(new Right(verb, resource))));
        records(environment)
                .ifPresent(resource -> List.of("get", "list", "create", "update", "delete")
                        .forEach(verb -> needed.add(new Right(verb, resource))));
        return List.copyOf(needed);
    }

    private static Optional<String> records(Map<String, String> environment) {
        return switch (environment.getOrDefault("HELM_DRIVER", "")) {
            case "", "secret", "secrets" -> Optional.of("secrets");
            case "configmap", "configmaps" -> Optional.of("configmaps");
            // Kept outside of the cluster.
            default -> Optional.empty();
        };
    }

    /** One question for all of them; each is asked for only where the answer may not be all. */
    Answer<List<Right>> missing(List<Right> needed) {
        try {
            return run(new RulesReview(namespace.context(), home.write("rules-review.json", RulesReview.of(namespace))))
                    .then(rules -> {
                        List<Right> unlisted = needed.stream()
                                .filter(right -> !rules.give(right.verb(), right.resource()))
                                .toList();
                        return rules.open() ? denied(unlisted) : Answer.done(unlisted);
                    });
        } catch (IOException e) {
            return unwritten();
        }
    }

    private Answer<List<Right>> denied(List<Right> asked) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer<Boolean>>> answers =
                    asked.stream().map(right -> each.submit(() -> given(right))).toList();
            List<Right> denied = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                switch (ClusterLook.get(answers.get(i))) {
                    case Answer.Done<Boolean> done -> {
                        if (!done.value()) {
                            denied.add(asked.get(i));
                        }
                    }
                    case Answer.NotDone<Boolean> not -> {
                        return Answer.notDone(not.cause(), not.reason());
                    }
                }
            }
            return Answer.done(List.copyOf(denied));
        }
    }

    private Answer<Boolean> given(Right right) {
        try {
            return run(new AccessReview(
                    namespace.context(),
                    home.write(
                            right.verb() + "-" + right.resource() + ".json",
                            AccessReview.of(namespace, right.verb(), right.resource()))));
        } catch (IOException e) {
            return unwritten();
        }
    }

    private static <T> Answer<T> unwritten() {
        return Answer.notDone(Answer.Cause.BROKEN, "a question for kubectl could not be written");
    }

    private <T> Answer<T> run(KubectlOperation<T> operation) {
        return kubectl.run(operation, OutputSink.NONE, cancellation);
    }
}
