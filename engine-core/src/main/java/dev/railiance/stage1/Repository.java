package dev.railiance.stage1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The repository under validation: paths in it, none of which leads out of it, also not through links. */
record Repository(Path root) {

    /** Where a declared path leads, with all links followed; empty when it leads nowhere, or out of the repository. */
    Optional<Path> existing(String declared) {
        return plain(declared).flatMap(this::followed);
    }

    /** The same for a directory. */
    Optional<Path> directory(String declared) {
        return existing(declared).filter(Files::isDirectory);
    }

    /** The declared path itself, whether or not there is something; empty when its words lead out of the repository. */
    Optional<Path> plain(String declared) {
        try {
            Path path = root.resolve(declared).normalize();
            return path.startsWith(root) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Where a path leads, with all links followed; empty when it leads nowhere, or out of the repository. */
    Optional<Path> followed(Path path) {
        try {
            Path real = path.toRealPath();
            return real.startsWith(root.toRealPath()) ? Optional.of(real) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The path from the root, with forward slashes. */
    String relative(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }
}
