package dev.railiance.source;

import dev.railiance.process.Cancellation;
import dev.railiance.process.Processes;
import dev.railiance.source.SourceInspection.Inspected;
import dev.railiance.source.SourceInspection.Reason;
import dev.railiance.source.SourceInspection.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what source lies in a directory.
 *
 * <p>In a git work tree it is the commit, and dirty when the directory (and nothing beside it) holds a change or a file
 * that is neither tracked nor ignored; the digest then covers tracked files and those. A repository without a commit is a
 * dirty tree of the same files: there is no name under which anybody else could fetch it. Outside git, and in a directory
 * that the enclosing repository ignores, it is the tree of all files except {@code .git}, {@code .railiance} and the
 * excluded ones. What lies in a submodule or a repository within counts file by file.
 */
public final class SourceInspector {

    /** The engine's own directory, which is never part of the source. */
    static final String LEDGER_DIRECTORY = ".railiance";

    private static final List<String> FOR_GIT = List.of("PATH", "HOME", "XDG_CONFIG_HOME");

    private final Processes processes;
    private final Map<String, String> environment;

    /**
     * Looks for git with {@code processes}.
     *
     * @param environment the caller's environment; git is given PATH, HOME and XDG_CONFIG_HOME of it
     */
    public SourceInspector(Processes processes, Map<String, String> environment) {
        this.processes = processes;
        this.environment = forGit(environment);
    }

    private static Map<String, String> forGit(Map<String, String> environment) {
        Map<String, String> chosen = new HashMap<>();
        for (String name : FOR_GIT) {
            Optional.ofNullable(environment.get(name)).ifPresent(value -> chosen.put(name, value));
        }
        chosen.put("LC_ALL", "C");
        // Refreshing the index would take a lock that a person's own git command may want.
        chosen.put("GIT_OPTIONAL_LOCKS", "0");
        chosen.put("GIT_TERMINAL_PROMPT", "0");
        return chosen;
    }

    /**
     * Looks at {@code directory}, which may lie below the top of a work tree.
     *
     * @param exclude globs relative to the directory that keep files out of the source, outside git only
     */
    public SourceInspection inspect(Path directory, List<String> exclude, Cancellation cancellation) {
        try {
            return new Inspected(look(directory.toRealPath(), exclude, cancellation));
        } catch (SourceUnavailable e) {
            return e.unavailable();
        } catch (IOException e) {
            return noDirectory();
        }
    }

    private static Unavailable noDirectory() {
        return new Unavailable(
                Reason.NO_DIRECTORY, "the source directory is not there", "name a directory with --repo DIR");
    }

    private Source look(Path directory, List<String> exclude, Cancellation cancellation)
            throws SourceUnavailable, IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException("");
        }
        PlainTree plain = new PlainTree(exclude, cancellation::isCancelled);
        Optional<Path> top = top(directory);
        if (top.isEmpty()) {
            return plainTree(directory, plain, cancellation);
        }
        GitRepository git = new GitRepository(processes, directory, environment, cancellation);
        Optional<String> commit = git.commit();
        if (!top.get().equals(directory) && git.isIgnored()) {
            return plainTree(directory, plain, cancellation);
        }
        if (commit.isPresent() && !git.isChanged()) {
            return Source.commit(commit.get());
        }
        PlainTree everything = new PlainTree(List.of(), cancellation::isCancelled);
        SortedSet<FileName> files = resolved(directory, git.files(), everything);
        var digest = TreeDigest.of(directory, files, cancellation::isCancelled);
        return commit.isPresent() ? Source.changedCommit(commit.get(), digest) : Source.tree(digest, true);
    }

    private static Source plainTree(Path directory, PlainTree plain, Cancellation cancellation)
            throws SourceUnavailable {
        SortedSet<FileName> files = plain.files(directory, directory);
        return Source.tree(TreeDigest.of(directory, files, cancellation::isCancelled), false);
    }

    /** git names a submodule, and a repository within, without its files. */
    private static SortedSet<FileName> resolved(Path root, SortedSet<FileName> listed, PlainTree everything)
            throws SourceUnavailable {
        SortedSet<FileName> files = new TreeSet<>();
        Map<Path, Boolean> inside = new HashMap<>(Map.of(root, true));
        for (FileName name : listed) {
            Path file = name.at(root);
            if (!isInside(file.getParent(), inside)) {
                continue;
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                files.addAll(everything.files(root, file));
            } else {
                files.add(name);
            }
        }
        return files;
    }

    /** A tracked directory may have been replaced by a link since; what is behind it is not the source. */
    private static boolean isInside(@Nullable Path directory, Map<Path, Boolean> known) {
        if (directory == null) {
            return false;
        }
        Boolean answer = known.get(directory);
        if (answer == null) {
            answer = isInside(directory.getParent(), known) && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
            known.put(directory, answer);
        }
        return answer;
    }

    private static Optional<Path> top(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
