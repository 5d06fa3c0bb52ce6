package dev.railiance.contract;

import java.time.Duration;
import java.util.List;

/**
 * A program with its arguments, never a shell string.
 *
 * @param name what people and documents call this step
 * @param argv the program and its arguments; a program with a slash is relative to {@code directory}
 * @param directory working directory, relative to the repository
 * @param timeout after which the whole process tree is stopped
 * @param environment names of variables that are let through besides PATH, HOME, LANG, LC_*, TMPDIR, USER and TERM
 */
public record DeclaredCommand(
        String name, List<String> argv, String directory, Duration timeout, List<String> environment) {

    public DeclaredCommand {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        argv = List.copyOf(argv);
        environment = List.copyOf(environment);
    }
}
