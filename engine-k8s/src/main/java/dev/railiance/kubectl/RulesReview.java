package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code kubectl create --raw} of a SelfSubjectRulesReview: all rights that the credentials give in a namespace, in one answer.
 *
 * @param review a file that holds {@link #of what is asked}
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-rules-review-v1/">
 *     SelfSubjectRulesReview v1</a>
 */
public record RulesReview(Optional<String> context, Path review) implements KubectlOperation<RulesReview.Rules> {

    private static final String API = "authorization.k8s.io/v1";
    private static final String ALL = "*";

    /**
     * What is known of the rights.
     *
     * @param open whether there may be more than these: who decides need not be able to list them
     */
    public record Rules(List<Rule> list, boolean open) {

        public Rules {
            list = List.copyOf(list);
        }

        /**
         * Whether a right is among them, for objects of any name.
         *
         * @param resource in the plural and with its group, for instance {@code deployments.apps}
         */
        public boolean give(String verb, String resource) {
            int dot = resource.indexOf('.');
            String group = dot < 0 ? "" : resource.substring(dot + 1);
            String plural = dot < 0 ? resource : resource.substring(0, dot);
            return list.stream()
                    .anyMatch(rule -> rule.names().isEmpty()
                            && holds(rule.verbs(), verb)
                            && holds(rule.groups(), group)
                            && holds(rule.resources(), plural));
        }

        private static boolean holds(List<String> these, String one) {
            return these.contains(one) || these.contains(ALL);
        }
    }

    /**
     * Each of these verbs on each of these kinds.
     *
     * @param names of the only objects that it is about; empty: of all
     */
    public record Rule(List<String> verbs, List<String> groups, List<String> resources, List<String> names) {

        public Rule {
            verbs = List.copyOf(verbs);
            groups = List.copyOf(groups);
            resources = List.copyOf(resources);
            names = List.copyOf(names);
        }

        static Rule of(JsonNode rule) {
            return new Rule(
                    texts(rule, "verbs"),
                    texts(rule, "apiGroups"),
                    texts(rule, "resources"),
                    texts(rule, "resourceNames"));
        }

        private static List<String> texts(JsonNode rule, String field) {
            return Json.each(rule.path(field), JsonNode::asText);
        }
    }

    /** What is asked. */
    public static byte[] of(ClusterNamespace namespace) {
        var asked = JsonNodeFactory.instance.objectNode().put("apiVersion", API).put("kind", "SelfSubjectRulesReview");
        asked.putObject("spec").put("namespace", namespace.name());
        return asked.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "kubectl create selfsubjectrulesreview";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(
                List.of("create", "--raw=/apis/" + API + "/selfsubjectrulesreviews", "--filename=" + review));
        arguments.addAll(KubectlOperation.place(context));
        return List.copyOf(arguments);
    }

    @Override
    public int capture() {
        return 4 << 20;
    }

    @Override
    public Answer<Rules> read(Captured stdout) {
        return Json.read(this, stdout, RulesReview::rules);
    }

    private static Rules rules(JsonNode answer) {
        JsonNode incomplete = answer.path("status").path("incomplete");
        if (!incomplete.isBoolean()) {
            throw new Json.Odd();
        }
        List<Rule> rules = Json.each(answer.path("status").path("resourceRules"), Rule::of);
        return new Rules(rules, incomplete.booleanValue() || rules.isEmpty());
    }
}
