package dev.railiance.kubectl;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code kubectl api-resources}: what the API server has, in the words of a chart's {@code .Capabilities.APIVersions}, for
 * instance {@code apps/v1} and {@code apps/v1/Deployment}; of several versions of a group the preferred one.
 */
public record ServedKinds(Optional<String> context) implements KubectlOperation<SortedSet<String>> {

    /** Plural, short names if there are any, version, whether it has a namespace, kind. */
    private static final Pattern LINE = Pattern.compile(
            "\\S+ +(?:\\S+ +)?(?<version>[-a-z0-9./]{1,320}) +(?:true|false) +(?<kind>[A-Za-z0-9]{1,63}) *");

    @Override
    public String name() {
        return "kubectl api-resources";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("api-resources", "--no-headers"));
        arguments.addAll(KubectlOperation.place(context));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<SortedSet<String>> read(Captured stdout) {
        SortedSet<String> all = new TreeSet<>();
        for (String line : stdout.text().lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || parts.group("version").startsWith("-")) {
                return unreadable("printed something that names no kind");
            }
            all.add(parts.group("version"));
            all.add(parts.group("version") + "/" + parts.group("kind"));
        }
        return all.isEmpty() ? unreadable("named no kind") : Answer.done(all);
    }
}
