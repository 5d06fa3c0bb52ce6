package dev.railiance.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The published JSON Schemas, as they are on the class path. Nothing is read before it is asked for. */
public final class SchemaCatalog {

    /** The name of the contract's own schema. */
    public static final String APP = "railiance-app";

    private static final String FOLDER = "schemas/";
    private static final String ENDING = ".schema.json";

    /** The names of all schemas, in alphabetical order. */
    public List<String> names() {
        URL known = resource(APP)
                .orElseThrow(() -> new IllegalStateException("the contract's schema is not on the class path"));
        try {
            return entries(known).stream()
                    .filter(entry -> entry.endsWith(ENDING))
                    .map(entry -> entry.substring(entry.lastIndexOf('/') + 1, entry.length() - ENDING.length()))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a schema, or nothing where there is none of that name. */
    public Optional<String> text(String name) {
        return resource(name).map(url -> {
            try (InputStream in = url.openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A schema to validate with, or nothing where there is none of that name. */
    public Optional<PublishedSchema> schema(String name) {
        return text(name).map(text -> new PublishedSchema(tree(text)));
    }

    private static JsonNode tree(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<URL> resource(String name) {
        return name.contains("/") || name.contains("\\")
                ? Optional.empty()
                : Optional.ofNullable(SchemaCatalog.class.getResource("/" + FOLDER + name + ENDING));
    }

    private static List<String> entries(URL known) throws IOException {
        URLConnection connection = known.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.startsWith(FOLDER))
                    .toList();
        }
        try (Stream<Path> files = Files.list(Path.of(new URI(known.toString())).resolveSibling(""))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (URISyntaxException e) {
            throw new IOException("a class path entry has no proper address", e);
        }
    }
}
