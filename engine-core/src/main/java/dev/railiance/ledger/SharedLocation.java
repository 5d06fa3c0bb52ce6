package dev.railiance.ledger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final String HOST = "(?:[A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?";
    private static final Pattern FORM = Pattern.compile("//(" + HOST + "(?:," + HOST + ")*)/([^?/]+)(?:\\?(.*))?");
    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})$");
    private static final Pattern LOCAL = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");
    /** What the driver knows of parameters with few values; of others it would speak as if a server had refused them. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "channelBinding", List.of("disable", "prefer", "require"),
            "gssEncMode", List.of("disable", "allow", "prefer", "require"),
            "sslNegotiation", List.of("postgres", "direct"),
            "sslmode", List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
            "targetServerType", List.of("any", "primary", "secondary", "preferPrimary", "preferSecondary"),
            "tcpKeepAlive", List.of("true", "false"));

    private static final Set<String> IN_SECONDS = Set.of("connectTimeout", "socketTimeout");

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
        if (Arrays.stream(form.group(1).split(",", -1)).anyMatch(host -> !portCanBe(host))) {
            throw new IllegalArgumentException("has a port that cannot be: 1 to 65535");
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

    private static boolean portCanBe(String host) {
        Matcher port = PORT.matcher(host);
        return !port.find() || (Integer.parseInt(port.group(1)) >= 1 && Integer.parseInt(port.group(1)) <= 65_535);
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
                parameters.put(name, decoded(name, value));
            }
        }
        return parameters;
    }

    private static String decoded(String name, String value) {
        String decoded;
        try {
            decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "has a " + name + " with a % that two hexadecimal digits do not follow", e);
        }
        if (IN_SECONDS.contains(name) && !decoded.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("has a " + name + " that is no whole number of seconds");
        }
        List<String> known = VALUES.getOrDefault(name, List.of(decoded));
        if (!known.contains(decoded)) {
            throw new IllegalArgumentException("has a " + name + " that is none of: " + String.join(", ", known));
        }
        return decoded;
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
