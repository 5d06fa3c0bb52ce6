package dev.railiance.contract.rule;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.schema.Leaf;
import dev.railiance.contract.value.KeyPath;
import dev.railiance.contract.value.SecretLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** No path of the contract may lead out of the repository: not by its text, and not by a link on the way. */
final class PathRules {

    private static final Set<String> DEFINITIONS = Set.of("path", "glob", "chart");

    private PathRules() {}

    static Stream<Finding> insideRepository(Draft draft) {
        Stream<Finding> paths = Leaf.of(draft.contract()).stream()
                .filter(leaf ->
                        DEFINITIONS.contains(leaf.definition()) && leaf.value().isTextual())
                .filter(leaf -> !(leaf.definition().equals("chart") && isRemote(leaf)))
                .flatMap(leaf -> finding(
                        draft,
                        leaf.path(),
                        leaf.value().textValue(),
                        leaf.definition().equals("glob")));
        Stream<Finding> sops = Leaf.of(draft.contract()).stream()
                .filter(leaf -> leaf.definition().equals("secretLocation"))
                .flatMap(leaf -> SecretLocation.parse(leaf.value().asText())
                        .filter(SecretLocation.Sops.class::isInstance)
                        .map(SecretLocation.Sops.class::cast)
                        .stream()
                        .flatMap(location -> finding(draft, leaf.path(), location.file(), false)));
        return Stream.concat(paths, sops);
    }

    private static boolean isRemote(Leaf leaf) {
        return leaf.value().textValue().startsWith("oci://");
    }

    private static Stream<Finding> finding(Draft draft, KeyPath at, String text, boolean glob) {
        return fault(draft.repository(), text, glob)
                .map(why -> Finding.atValue(FaultCode.PATH_OUTSIDE, at, at + " " + why)
                        .found(Shown.quoted(text))
                        .expected("a path relative to the repository that stays inside it"))
                .stream();
    }

    private static Optional<String> fault(Path repository, String text, boolean glob) {
        if (text.startsWith("/") || text.startsWith("~") || text.matches("[A-Za-z]:.*") || text.startsWith("\\")) {
            return Optional.of("is not relative");
        }
        if (text.contains("://")) {
            return Optional.of("is no path");
        }
        if (Arrays.asList(text.split("[/\\\\]", -1)).contains("..")) {
            return Optional.of("may not contain \"..\"");
        }
        try {
            return leadsOut(repository, glob ? fixedPart(text) : text)
                    ? Optional.of("leads out of the repository through a link")
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of("is no path");
        }
    }

    /** The directories before the first one with a wildcard. */
    private static String fixedPart(String glob) {
        int wildcard = glob.length();
        for (char c : "*?[{".toCharArray()) {
            int at = glob.indexOf(c);
            wildcard = at < 0 ? wildcard : Math.min(wildcard, at);
        }
        return wildcard == glob.length() ? glob : glob.substring(0, Math.max(0, glob.lastIndexOf('/', wildcard)));
    }

    /** Follows the links of the part that exists; what does not exist yet cannot lead anywhere. */
    private static boolean leadsOut(Path repository, String text) {
        Path at = repository.toAbsolutePath().normalize();
        Path given = at.resolve(text).normalize();
        try {
            Path real = at.toRealPath();
            for (Path step : at.relativize(given)) {
                at = at.resolve(step);
                if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
                if (Files.isSymbolicLink(at) && !Files.exists(at)) {
                    return danglesOutside(at, real);
                }
                if (!at.toRealPath().startsWith(real)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Neither readable now nor later: whoever opens it reports that.
            return false;
        }
    }

    private static boolean danglesOutside(Path link, Path realRepository) throws IOException {
        Path folder = link.toRealPath(LinkOption.NOFOLLOW_LINKS).getParent();
        Path target = Files.readSymbolicLink(link);
        return folder == null || !folder.resolve(target).normalize().startsWith(realRepository);
    }
}
