package dev.railiance.stage1;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Finds out whether a program could be started, before anything is. */
final class Programs {

    private final List<String> searched;

    /**
     * @param path the PATH that the programs would be searched on
     */
    Programs(String path) {
        searched = List.of(path.split(File.pathSeparator, -1));
    }

    /** Whether argv's program is a path rather than a name that PATH is searched for. */
    static boolean isPath(String program) {
        return program.indexOf('/') >= 0 || program.indexOf(File.separatorChar) >= 0;
    }

    /** Whether there is an executable file for the program, seen from a working directory. */
    boolean startable(String program, Path directory) {
        try {
            if (isPath(program)) {
                return executable(directory.resolve(program));
            }
            for (String entry : searched) {
                if (!entry.isEmpty() && executable(Path.of(entry, program))) {
                    return true;
                }
            }
            return false;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
