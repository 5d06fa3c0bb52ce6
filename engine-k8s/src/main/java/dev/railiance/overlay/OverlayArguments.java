package dev.railiance.overlay;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What an overlay is made from. Its texts hold no character that TOML, YAML, Markdown or a shell takes for its own.
 *
 * @param name of the app and its releases
 * @param upstream where the upstream's source is, without credentials
 * @param revision a tag or commit there
 * @param image what is deployed, without tag and digest; where nothing names it, the contract does not hold yet
 * @param tag of the image
 * @param digest of the image; only with an image
 * @param chart the upstream's chart, for an overlay that wraps it
 * @param router what divides the traffic
 * @param ci for which systems workflow files are written, in alphabetical order
 */
public record OverlayArguments(
        String name,
        String upstream,
        String revision,
        Optional<String> image,
        Optional<String> tag,
        Optional<String> digest,
        Optional<String> chart,
        String router,
        List<String> ci) {

    /** The routers, the first of which leaves an isolated canary. */
    public static final List<String> ROUTERS = List.of("none", "traefik", "gateway-api", "replicas");

    /** The systems that workflow files are written for. */
    public static final List<String> SYSTEMS = List.of("forgejo", "github", "gitlab");

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + "){0,9}(?::[0-9]{1,5})?";
    private static final String SEGMENT = "[A-Za-z0-9_~][A-Za-z0-9._~+-]{0,99}";

    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,43}[a-z0-9])?");

    /** Names that YAML takes for something else than text. */
    private static final Set<String> NO_TEXT = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:https|git|ssh)://(?:git@)?" + HOST + "(?:/" + SEGMENT + "){1,12}/?");
    private static final Pattern SHORT_ADDRESS = Pattern.compile(
            "git@" + HOST.replace("(?::[0-9]{1,5})?", "") + ":" + SEGMENT + "(?:/" + SEGMENT + "){0,12}");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@/-]{0,199}");
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-{1,9})[a-z0-9]+){0,20}";
    private static final Pattern IMAGE =
            Pattern.compile("(" + HOST + "(?:/" + PART + "){1,12})(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?");
    private static final Pattern CHART = Pattern.compile(
            "((?:oci|https)://" + HOST + "(?:/" + SEGMENT + "){0,10})/"
                    + "([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?):(v?[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}(?:[-+][0-9A-Za-z.+-]{1,60})?)");

    /**
     * What somebody typed.
     *
     * @param image with or without a tag
     * @param ci names with commas between them
     */
    public record Words(
            String name,
            String upstream,
            String revision,
            Optional<String> image,
            Optional<String> digest,
            Optional<String> chart,
            Optional<String> router,
            Optional<String> ci) {}

    /** Takes the words if each is of its form; otherwise says of the first that is not what it should be. */
    public static Outcome<OverlayArguments> of(Words words) {
        if (!NAME.matcher(words.name()).matches() || NO_TEXT.contains(words.name())) {
            return no(
                    "the name",
                    words.name(),
                    "a DNS-1123 label of at most 45 characters that starts with a letter and is no word of YAML");
        }
        if (!address(words.upstream())) {
            return no("--upstream", words.upstream(), "an https, ssh or git address with a host and no credentials");
        }
        if (!revision(words.revision())) {
            return no("--revision", words.revision(), "a tag or a commit, as in v1.2.3");
        }
        var image = IMAGE.matcher(words.image().orElse(""));
        Optional<String> named = image.matches()
                ? Optional.ofNullable(image.group(1)).filter(OverlayArguments::image)
                : Optional.empty();
        Optional<String> tag = image.matches() ? Optional.ofNullable(image.group(2)) : Optional.empty();
        if (words.image().isPresent() && named.isEmpty()) {
            return no(
                    "--image",
                    words.image().get(),
                    "REGISTRY/PATH[:TAG] in the form of the OCI distribution specification");
        }
        if (words.digest().isPresent() && !DIGEST.matcher(words.digest().get()).matches()) {
            return no("--digest", words.digest().get(), "sha256: and 64 hexadecimal digits");
        }
        if (words.digest().isPresent() && words.image().isEmpty()) {
            return no("--digest", "without --image", "the digest of an image that is named too");
        }
        if (words.image().isPresent() && words.digest().isEmpty() && tag.isEmpty()) {
            return no("--image", words.image().get(), "an image with a tag, or with its --digest beside it");
        }
        if (words.chart().isPresent() && !CHART.matcher(words.chart().get()).matches()) {
            return no("--chart", words.chart().get(), "oci://HOST/PATH/NAME:VERSION or https://HOST/PATH/NAME:VERSION");
        }
        String router = words.router().orElse("none");
        if (!ROUTERS.contains(router)) {
            return no("--router", router, String.join(", ", ROUTERS));
        }
        List<String> ci =
                new ArrayList<>(Arrays.asList(words.ci().orElse("forgejo").split(",", -1)));
        for (String system : ci) {
            if (!SYSTEMS.contains(system)) {
                return no("--ci", system, "one or more of " + String.join(",", SYSTEMS));
            }
        }
        return Outcome.done(new OverlayArguments(
                words.name(),
                words.upstream(),
                words.revision(),
                named,
                tag,
                words.digest(),
                words.chart(),
                router,
                ci.stream().distinct().sorted().toList()));
    }

    /** Whether something is still to be said by hand: a chart of the overlay's own deploys nothing by itself. */
    boolean lacksImage() {
        return image.isEmpty() && chart.isEmpty();
    }

    /** Repository, name and version of the upstream's chart, in this order; empty without one. */
    List<String> chartParts() {
        var parts = CHART.matcher(chart.orElse(""));
        return parts.matches()
                ? IntStream.rangeClosed(1, 3)
                        .mapToObj(part -> Objects.requireNonNull(parts.group(part)))
                        .toList()
                : List.of();
    }

    private static boolean address(String text) {
        return text.length() <= 400
                && !text.contains("..")
                && (ADDRESS.matcher(text).matches()
                        || SHORT_ADDRESS.matcher(text).matches());
    }

    /** What git check-ref-format allows, in letters that mean nothing to anybody else. */
    private static boolean revision(String text) {
        return REVISION.matcher(text).matches()
                && !text.contains("..")
                && !text.contains("//")
                && !text.contains("/.")
                && !text.endsWith("/")
                && !text.endsWith(".")
                && Arrays.stream(text.split("/", -1)).noneMatch(part -> part.endsWith(".lock"));
    }

    /** A registry is told from a path by a dot or a port, as every client does it. */
    private static boolean image(String image) {
        if (image.length() > 255 || image.contains("..")) {
            return false;
        }
        String first = image.substring(0, image.indexOf('/'));
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    /** Whoever typed a password or a token sees everything but it. */
    private static String withoutCredentials(String text) {
        int query = text.indexOf('?');
        String address = query < 0 ? text : text.substring(0, query) + "?…";
        int at = address.lastIndexOf('@');
        int scheme = address.indexOf("://");
        return at < 0
                ? address
                : (scheme >= 0 && scheme < at ? address.substring(0, scheme + 3) : "") + "…" + address.substring(at);
    }

    private static <T> Outcome<T> no(String what, String is, String should) {
        var shown = new StringBuilder();
        withoutCredentials(is)
                .codePoints()
                .limit(60)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return Outcome.notDone(new Failure(
                Code.USAGE, what + " is \"" + shown + "\"; allowed: " + should, "railiance help create-overlay"));
    }
}
