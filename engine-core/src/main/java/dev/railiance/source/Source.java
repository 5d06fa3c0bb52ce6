package dev.railiance.source;

import dev.railiance.promotion.Digest;
import java.util.Optional;

/**
 * The source in one directory, as it lay there when it was looked at.
 *
 * @param kind where the files and the revision come from
 * @param revision the commit of a git repository (40 or 64 hexadecimal digits), or the content digest of a tree
 * @param dirty whether the directory holds something that its commit does not, or the other way round
 * @param contentDigest digest of the files as {@link TreeDigest} defines it: always for a tree, in git only when dirty
 */
public record Source(Kind kind, String revision, boolean dirty, Optional<Digest> contentDigest) {

    /** Where the source comes from. */
    public enum Kind {
        /** A git repository with at least one commit. */
        GIT,
        /** Files that no commit names: outside git, ignored by it, or in a repository without a commit. */
        TREE
    }

    public Source {
        if (kind == Kind.TREE ? contentDigest.isEmpty() : dirty != contentDigest.isPresent()) {
            throw new IllegalArgumentException(
                    "a tree and a dirty commit have a content digest, a clean commit has none");
        }
    }

    static Source commit(String revision) {
        return new Source(Kind.GIT, revision, false, Optional.empty());
    }

    static Source changedCommit(String revision, Digest content) {
        return new Source(Kind.GIT, revision, true, Optional.of(content));
    }

    static Source tree(Digest content, boolean dirty) {
        return new Source(Kind.TREE, content.value(), dirty, Optional.of(content));
    }
}
