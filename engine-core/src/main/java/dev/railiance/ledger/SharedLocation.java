package dev.railiance.ledger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that several machines share, on a PostgreSQL server. Neither what it is made of nor what goes wrong with it is
 * ever quoted.
 */
public final class SharedLocation implements LedgerLocation {

    /** What a URL of a shared ledger begins with. */
    public static final String JDBC = "jdbc:postgresql:";

    /** The schema that a ledger lies in where the URL names none. */
    public static final String USUAL_SCHEMA = "railiance";

    /** What may be set in a URL. Whatever names a class to load, a secret, or how commits are kept may not. */
    public static final List<String> PARAMETERS = List.of(
            "ApplicationName",
            "channelBinding",
            "connectTimeout",
            "currentSchema",
            "gssEncMode",
            "socketTimeout",
            "sslNegotiation",
            "sslcert",
            "sslkey",
            "sslmode",
            "sslrootcert",
            "targetServerType",
            "tcpKeepAlive");

    private static final Pattern FORM = Pattern.compile("//([A-Za-z0-9_.:,\\[\\]-]+)/([^?/]+)(?:\\?(.*))?");
    private static final Pattern LOCAL = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final String url;
    private final boolean local;
    private final Map<String, String> parameters;
    private final @Nullable String user;
    private final @Nullable String password;

    private SharedLocation(
            String url,
            boolean local,
            Map<String, String> parameters,
            @Nullable String user,
            @Nullable String password) {
        this.url = url;
        this.local = local;
        this.parameters = parameters;
        this.user = user;
        this.password = password;
    }

    /**
     * A shared ledger.
     *
     * @param url {@code jdbc:postgresql://HOST[:PORT][,…]/DATABASE[?PARAMETER=VALUE&…]} with the {@link #PARAMETERS} that
     *     may be set
     * @param user the name to log in with; null for what the driver takes without one
     * @param password to log in with; null for none
     * @throws IllegalArgumentException if the URL is another; the message quotes nothing
     */
    public static SharedLocation of(String url, @Nullable String user, @Nullable String password) {
        Matcher form = FORM.matcher(url.startsWith(JDBC) ? url.substring(JDBC.length()) : "");
        if (!form.matches()) {
            throw new IllegalArgumentException("is not of the form " + JDBC + "//HOST/DATABASE");
        }
        Map<String, String> parameters =
                parameters(Optional.ofNullable(form.group(3)).orElse(""));
        if (!IDENTIFIER
                .matcher(parameters.getOrDefault("currentSchema", USUAL_SCHEMA))
                .matches()) {
            throw new IllegalArgumentException(
                    "has a currentSchema that is not one plain name: lower-case letters, digits, underscores");
        }
        boolean local = Arrays.stream(form.group(1).split(",", -1))
                .allMatch(host -> LOCAL.matcher(host).matches());
        return new SharedLocation(url, local, parameters, user, password);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String parameter : query.split("&", -1)) {
            String name = parameter.replaceFirst("=.*", "");
            if (Stream.of("user", "password", "sslpassword").anyMatch(name::equalsIgnoreCase)) {
                throw new IllegalArgumentException("holds a user or a password, which belong into variables or a file"
                        + " of their own: RAILIANCE_LEDGER_USER, RAILIANCE_LEDGER_PASSWORD, RAILIANCE_LEDGER_FILE");
            }
            if (!name.isEmpty() && !PARAMETERS.contains(name)) {
                throw new IllegalArgumentException(
                        "has a parameter that may not be set; these may: " + String.join(", ", PARAMETERS));
            }
            if (!name.isEmpty()) {
                String value = parameter.substring(Math.min(parameter.length(), name.length() + 1));
                parameters.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    /** Where the server is, in the driver's form; holds neither user nor password. */
    public String url() {
        return url;
    }

    /** The name to log in with. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** The password to log in with; not to be shown to anybody. */
    public Optional<String> password() {
        return Optional.ofNullable(password);
    }

    /** What the URL says about a parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The schema that the ledger's tables are in. */
    public String schema() {
        return parameters.getOrDefault("currentSchema", USUAL_SCHEMA);
    }

    /** Whether the way to the server does not leave this machine. */
    public boolean local() {
        return local;
    }

    /** Says nothing about where or who. */
    @Override
    public String toString() {
        return "the shared ledger";
    }
}
