package dev.railiance.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for a program before it is started: the messages of a failed start are not to be parsed. */
sealed interface ProgramLookup {

    /** The arguments with the program as the operating system shall be given it. */
    record Found(List<String> argv) implements ProgramLookup {}

    /** The program cannot be started. */
    record Missing(ProcessOutcome.Reason reason) implements ProgramLookup {}

    /** Looks along the PATH of the request's environment; a program with a slash is relative to the directory. */
    static ProgramLookup of(ProcessRequest request) {
        if (!Files.isDirectory(request.directory())) {
            return new Missing(ProcessOutcome.Reason.NO_DIRECTORY);
        }
        String program = request.argv().getFirst();
        try {
            return program.indexOf('/') >= 0
                    ? atPath(request.argv(), request.directory().resolve(program))
                    : alongPath(request.argv(), request.environment(), request.directory());
        } catch (InvalidPathException e) {
            return new Missing(ProcessOutcome.Reason.NOT_FOUND);
        }
    }

    private static ProgramLookup atPath(List<String> argv, Path program) {
        if (!Files.exists(program)) {
            return new Missing(ProcessOutcome.Reason.NOT_FOUND);
        }
        return isProgram(program) ? new Found(argv) : new Missing(ProcessOutcome.Reason.NOT_EXECUTABLE);
    }

    private static ProgramLookup alongPath(List<String> argv, Map<String, String> environment, Path directory) {
        String program = argv.getFirst();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        Optional<Path> found = onPath(program, path, directory);
        if (found.isPresent()) {
            // The JDK would search the JVM's own PATH, not the request's: so the program is named in full.
            List<String> resolved = new ArrayList<>(argv);
            resolved.set(0, found.get().toString());
            return new Found(resolved);
        }
        boolean there = !program.isEmpty()
                && candidates(program, path, directory).stream().anyMatch(Files::isRegularFile);
        return new Missing(there ? ProcessOutcome.Reason.NOT_EXECUTABLE : ProcessOutcome.Reason.NOT_FOUND);
    }

    /** The first executable of that name along {@code path}, whose relative parts start at {@code directory}. */
    static Optional<Path> onPath(String program, String path, Path directory) {
        return program.isEmpty()
                ? Optional.empty()
                : candidates(program, path, directory).stream()
                        .filter(ProgramLookup::isProgram)
                        .findFirst();
    }

    private static List<Path> candidates(String program, String path, Path directory) {
        List<Path> candidates = new ArrayList<>();
        for (String part : path.split(":", -1)) {
            candidates.add(directory.toAbsolutePath().resolve(part).resolve(program));
        }
        return candidates;
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
