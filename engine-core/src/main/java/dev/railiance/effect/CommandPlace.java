package dev.railiance.effect;

import dev.railiance.process.ShellWord;
import java.util.Optional;

/**
 * Where a command works that people are given to paste: the same cluster and namespace that were asked, in the words of each tool.
 *
 * @param context of the kubeconfig, where one was named; its current one when empty
 */
public record CommandPlace(Optional<String> context, String namespace) {

    /** Options of helm. */
    public String helm() {
        return " --namespace " + namespace + option("--kube-context");
    }

    /** Options of kubectl. */
    public String kubectl() {
        return " --namespace " + namespace + cluster();
    }

    /** Options of kubectl for what is in no namespace. */
    public String cluster() {
        return option("--context");
    }

    /** The same cluster and another namespace. */
    public CommandPlace in(String other) {
        return new CommandPlace(context, other);
    }

    private String option(String name) {
        return context.map(known -> " " + name + " " + ShellWord.of(known)).orElse("");
    }
}
