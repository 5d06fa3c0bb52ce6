package dev.railiance.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of an {@code allowed_signers} file.
 *
 * @param principals whose key it is, as the file says it
 * @param authority whether the key does not sign itself, but certifies the keys of those whom the line names
 * @param namespaces what it may sign for; empty for everything
 * @param after from when on
 * @param before until when
 */
record AllowedSigner(
        PatternList principals,
        SshPublicKey key,
        boolean authority,
        Optional<PatternList> namespaces,
        Optional<Instant> after,
        Optional<Instant> before) {

    private static final Pattern OPTION = Pattern.compile("([A-Za-z-]+)(?:=\"([^\"\\\\]*)\")?(,(?=.)|$)");
    private static final Pattern TIME = Pattern.compile("(\\d{8})(?:(\\d{4})(\\d{2})?)?(Z?)");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final String AUTHORITY = "cert-authority";
    private static final Set<String> OPTIONS = Set.of("namespaces", "valid-after", "valid-before");

    AllowedSigner {
        if (!authority && principals.names().isEmpty() && !principals.open()) {
            throw new IllegalArgumentException("nobody is named");
        }
        if (after.isPresent() && before.isPresent() && !before.get().isAfter(after.get())) {
            throw new IllegalArgumentException("it ends before it begins");
        }
    }

    /**
     * Reads a line without its end.
     *
     * @throws IllegalArgumentException if there is anything in it that is not understood
     */
    static AllowedSigner read(String line) {
        // A control character could hide a part of the line from whoever looks at it.
        if (line.chars().anyMatch(character -> Character.isISOControl(character) && character != '\t')) {
            throw new IllegalArgumentException("a control character");
        }
        var fields = new Fields(line);
        String principals = unquoted(fields.next());
        String word = fields.next();
        String options = "";
        if (!SshPublicKey.isType(word)) {
            options = word;
            word = fields.next();
        }
        SshPublicKey key = SshPublicKey.read(Base64.getDecoder().decode(fields.next()));
        if (!key.type().equals(word)) {
            throw new IllegalArgumentException("the key is of another type than the line says");
        }
        Map<String, String> read = options(options);
        return new AllowedSigner(
                PatternList.of(principals),
                key,
                read.containsKey(AUTHORITY),
                Optional.ofNullable(read.get("namespaces")).map(PatternList::of),
                Optional.ofNullable(read.get("valid-after")).map(AllowedSigner::time),
                Optional.ofNullable(read.get("valid-before")).map(AllowedSigner::time));
    }

    boolean allows(SshSignature signature, Instant now) {
        return concerns(signature.signer())
                && !(authority && names(signature.signer()).isEmpty())
                && signature.signer().validAt(now)
                && namespaces.map(list -> list.matches(signature.namespace())).orElse(true)
                && after.map(from -> !now.isBefore(from)).orElse(true)
                && before.map(now::isBefore).orElse(true);
    }

    /** Whether the line is about whoever signs so: a certificate is a matter of its authority's lines alone. */
    boolean concerns(SshSigner signer) {
        return authority ? signer.isCertifiedBy(key) : signer.isAlone(key);
    }

    /** The names under which the line lets somebody sign; of the line itself, or of the certificate where the line lets them pass. */
    List<String> names(SshSigner signer) {
        return authority
                ? signer.principals().stream().filter(principals::matches).toList()
                : principals.names();
    }

    /** Whether the line certifies keys of somebody of this name. */
    boolean certifies(String name) {
        return authority && PatternList.isName(name) && principals.matches(name);
    }

    /** Whether the line says that the time is over for whoever signs so, or the certificate does, or its names are let pass no more. */
    boolean over(SshSigner signer, Instant now) {
        return before.map(end -> !now.isBefore(end)).orElse(false)
                || signer.over(now)
                || (authority && names(signer).isEmpty());
    }

    /** Who holds the key: the first name; where there is none but patterns, the key itself says it best. */
    String name(SshSigner signer) {
        return names(signer).stream().findFirst().orElseGet(key::fingerprint);
    }

    private static String unquoted(String field) {
        boolean quoted = field.length() > 1 && field.startsWith("\"") && field.endsWith("\"");
        String name = quoted ? field.substring(1, field.length() - 1) : field;
        if (name.contains("\"")) {
            throw new IllegalArgumentException("a quote within a name");
        }
        return name;
    }

    private static Map<String, String> options(String text) {
        var options = new HashMap<String, String>();
        Matcher option = OPTION.matcher(text);
        int read = 0;
        while (read < text.length()) {
            if (!option.find(read) || option.start() != read) {
                throw new IllegalArgumentException("not an option");
            }
            String name = option.group(1).toLowerCase(Locale.ROOT);
            String value = option.group(2);
            boolean known = value == null ? name.equals(AUTHORITY) : OPTIONS.contains(name);
            if (!known || options.putIfAbsent(name, value == null ? "" : value) != null) {
                throw new IllegalArgumentException("an option that is unknown, or given twice");
            }
            read = option.end();
        }
        return options;
    }

    /** {@code YYYYMMDD[HHMM[SS]][Z]}; without the Z, the time of this machine. */
    private static Instant time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException("not a time");
        }
        String digits = text.substring(0, time.start(4));
        try {
            LocalDateTime local = LocalDateTime.parse(digits + "0".repeat(14 - digits.length()), SECONDS);
            return local.atZone(time.group(4).isEmpty() ? ZoneId.systemDefault() : ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time", e);
        }
    }

    /** The words of a line, between blanks; quotes keep blanks together. */
    private static final class Fields {

        private final String line;
        private int at;

        Fields(String line) {
            this.line = line;
        }

        String next() {
            while (at < line.length() && blank(at)) {
                at++;
            }
            int from = at;
            boolean quoted = false;
            while (at < line.length() && (quoted || !blank(at))) {
                quoted ^= line.charAt(at++) == '"';
            }
            if (quoted || from == at) {
                throw new IllegalArgumentException("the line ends too early");
            }
            return line.substring(from, at);
        }

        private boolean blank(int index) {
            return line.charAt(index) == ' ' || line.charAt(index) == '\t';
        }
    }
}
