package dev.railiance.overlay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The template: files of an overlay of {@code sample-app}, in which the sample's values give way to those of another. */
public final class OverlayTemplate {

    /** Rises whenever a file of the template changes. */
    public static final int VERSION = 1;

    private static final String ROOT = "dev/railiance/overlay/";
    private static final String PLAIN = "template/";
    private static final String WEIGHTED = "weighted/";
    /** Without its dot in the template: what packs jars leaves out the files of version control. */
    private static final String IGNORE = ".gitignore";

    private static final String WRAPPED = "wrapped/";
    private static final String IMAGE = "registry.example.org/sample/sample-app";
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final Pattern SAMPLE = Pattern.compile(String.join(
            "|",
            Pattern.quote("https://git.example.org/sample/sample-app"),
            Pattern.quote(IMAGE),
            DIGEST,
            Pattern.quote("https://charts.example.org/sample"),
            "sample-upstream",
            "v1\\.2\\.3",
            "(?<![0-9.v])1\\.2\\.3(?![0-9.])",
            "(?<![0-9.v])4\\.5\\.6(?![0-9.])",
            "sample-app",
            "(?<=router: )none",
            "\"upstream\"",
            "\"digest-pinned\"",
            "\"traefik\""));

    private final Map<String, String> texts;

    private OverlayTemplate(Map<String, String> texts) {
        this.texts = texts;
    }

    /** The template of this version, read from the class path. */
    public static OverlayTemplate current() {
        URL root = OverlayTemplate.class.getResource("/" + ROOT + PLAIN + "railiance/app.toml");
        if (root == null) {
            throw new IllegalStateException("the overlay's template is not on the class path");
        }
        try {
            URLConnection connection = root.openConnection();
            return new OverlayTemplate(
                    connection instanceof JarURLConnection jar
                            ? packed(jar)
                            : unpacked(Path.of(new URI(root.toString()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path entry has no proper address", e);
        }
    }

    /** A template of these texts, by their paths under the template's root. */
    static OverlayTemplate of(Map<String, String> texts) {
        return new OverlayTemplate(Map.copyOf(texts));
    }

    /** Its own texts, by their paths under the template's root. */
    Map<String, String> texts() {
        return texts;
    }

    /** The overlay's files by their paths in it, in order. The same arguments make the same files. */
    public Map<String, String> files(OverlayArguments arguments) {
        var files = new TreeMap<String, String>();
        texts.forEach((place, text) -> {
            if (place.startsWith(PLAIN)) {
                String path = path(place.substring(PLAIN.length()), arguments);
                if (!path.isEmpty()) {
                    files.put(path, filled(path, text, arguments));
                }
            }
        });
        if (!arguments.router().equals("none")) {
            lay(WEIGHTED, files, arguments);
        }
        if (arguments.chart().isPresent()) {
            lay(WRAPPED, files, arguments);
        }
        return files;
    }

    /** Lays the files of another folder over those that are there; TOML replaces the table of its name only. */
    private void lay(String folder, Map<String, String> files, OverlayArguments arguments) {
        texts.forEach((place, text) -> {
            if (place.startsWith(folder)) {
                String path = place.substring(folder.length());
                String over = filled(path, text, arguments);
                files.merge(path, over, (under, all) -> path.endsWith(".toml") ? withTable(under, over) : over);
            }
        });
    }

    /** A table is a paragraph, as is the text that takes its place. */
    private static String withTable(String toml, String table) {
        String header =
                table.lines().filter(line -> line.startsWith("[")).findFirst().orElseThrow();
        return Arrays.stream(toml.split("\n\n", -1))
                .map(paragraph -> paragraph.lines().anyMatch(header::equals) ? table.stripTrailing() : paragraph)
                .collect(Collectors.joining("\n\n"));
    }

    /** Where a file of the template goes; empty for one that these arguments leave out. */
    private static String path(String path, OverlayArguments arguments) {
        if (path.equals(IGNORE.substring(1))) {
            return IGNORE;
        }
        boolean wrapped = arguments.chart().isPresent();
        if (path.startsWith("chart/")) {
            return wrapped ? "" : path;
        }
        if (path.startsWith("wrapped-chart/")) {
            return wrapped ? path.substring("wrapped-".length()) : "";
        }
        for (String system : OverlayArguments.SYSTEMS) {
            if ((path.startsWith("." + system + "/") || path.startsWith("." + system + "-"))
                    && !arguments.ci().contains(system)) {
                return "";
            }
        }
        return path;
    }

    private static String filled(String path, String text, OverlayArguments arguments) {
        Map<String, String> values = values(path, arguments);
        boolean toml = path.endsWith(".toml");
        var filled = new StringBuilder(text.length());
        for (String line : text.split("(?<=\n)", -1)) {
            Matcher sample = SAMPLE.matcher(line);
            boolean absent = toml && sample.results().anyMatch(found -> !values.containsKey(found.group()));
            if (!absent) {
                filled.append(sample.reset()
                        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), ""))));
            }
        }
        return filled.toString();
    }

    /** What stands for each of the sample's values; in TOML a line goes with a value that is absent. */
    private static Map<String, String> values(String path, OverlayArguments arguments) {
        var values = new HashMap<String, String>();
        values.put("sample-app", arguments.name());
        values.put("https://git.example.org/sample/sample-app", arguments.upstream());
        values.put("v1.2.3", path.startsWith("values/") ? arguments.tag().orElse("") : arguments.revision());
        values.put("none", path.startsWith("values/") ? arguments.router() : "none");
        if (!path.endsWith(".toml")) {
            values.put("\"upstream\"", "\"upstream\"");
        }
        // A chart names every router; the contract names one.
        String router = path.endsWith(".toml") ? arguments.router() : "traefik";
        values.put("\"traefik\"", "\"" + router + "\"");
        boolean pinned = arguments.image().isEmpty() || arguments.digest().isPresent();
        values.put("\"digest-pinned\"", pinned ? "\"digest-pinned\"" : "\"tag-allowed\"");
        arguments.image().ifPresent(image -> values.put(IMAGE, image));
        arguments.tag().ifPresent(tag -> values.put("1.2.3", tag));
        arguments.digest().ifPresent(digest -> values.put(DIGEST, digest));
        List<String> chart = arguments.chartParts();
        if (!chart.isEmpty()) {
            values.put("https://charts.example.org/sample", chart.get(0));
            values.put("sample-upstream", chart.get(1));
            values.put("4.5.6", chart.get(2));
            values.put("\"upstream\"", "\"upstream\"");
        }
        return values;
    }

    private static Map<String, String> packed(JarURLConnection jar) throws IOException {
        var texts = new HashMap<String, String>();
        for (var entry : jar.getJarFile().stream().toList()) {
            if (entry.getName().startsWith(ROOT)
                    && !entry.isDirectory()
                    && !entry.getName().endsWith(".class")) {
                try (InputStream in = jar.getJarFile().getInputStream(entry)) {
                    texts.put(
                            entry.getName().substring(ROOT.length()),
                            new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }

    private static Map<String, String> unpacked(Path known) throws IOException {
        Path root = known.resolve("../../..").normalize();
        var texts = new HashMap<String, String>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String place = root.relativize(file).toString();
                if (!place.endsWith(".class")) {
                    texts.put(place, Files.readString(file));
                }
            }
        }
        return texts;
    }
}
