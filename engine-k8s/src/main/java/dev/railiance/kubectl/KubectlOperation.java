package dev.railiance.kubectl;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.ClusterRefusal;
import dev.railiance.tool.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something that kubectl can be asked to do. */
public interface KubectlOperation<T> extends Operation<T> {

    /** Of one request to the API server; kubectl itself waits without end. */
    Duration REQUEST = Duration.ofSeconds(10);

    /** After the program's name; the first ones are the subcommand. */
    List<String> arguments();

    @Override
    default List<String> argv() {
        List<String> argv = new ArrayList<>(List.of(Kubectl.PROGRAM));
        argv.addAll(arguments());
        return List.copyOf(argv);
    }

    @Override
    default Duration timeLimit() {
        return Duration.ofSeconds(30);
    }

    @Override
    default Answer<T> explain(int exitCode, Captured stdout, Captured stderr) {
        String words = stderr.text();
        String ended = name() + " ended with exit code " + exitCode;
        Optional<Answer<T>> ofTheCluster = ClusterRefusal.explain(ended, words);
        if (ofTheCluster.isPresent()) {
            return ofTheCluster.get();
        }
        return words.contains("(NotFound)")
                ? Answer.notDone(Cause.NOT_FOUND, ended + ": there is no such object")
                : Answer.notDone(Cause.REFUSED, ended);
    }

    /** Arguments that name the context and limit a request. */
    static List<String> place(Optional<String> context) {
        List<String> arguments = new ArrayList<>(List.of("--request-timeout=" + REQUEST.toSeconds() + "s"));
        context.ifPresent(name -> arguments.add("--context=" + name));
        return arguments;
    }

    /** The same with the namespace. */
    static List<String> place(ClusterNamespace namespace) {
        List<String> arguments = new ArrayList<>(List.of("--namespace=" + namespace.name()));
        arguments.addAll(place(namespace.context()));
        return arguments;
    }
}
