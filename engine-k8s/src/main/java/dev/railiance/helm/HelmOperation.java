package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Operation;
import java.util.ArrayList;
import java.util.List;

/** Something that Helm can be asked to do. */
public interface HelmOperation<T> extends Operation<T> {

    /** After the program's name; the first ones are the subcommand. */
    List<String> arguments();

    @Override
    default List<String> argv() {
        List<String> argv = new ArrayList<>(List.of(Helm.PROGRAM));
        argv.addAll(arguments());
        return List.copyOf(argv);
    }

    @Override
    default Answer<T> explain(int exitCode, Captured stdout, Captured stderr) {
        return HelmRefusal.explain(this, exitCode, stderr);
    }
}
