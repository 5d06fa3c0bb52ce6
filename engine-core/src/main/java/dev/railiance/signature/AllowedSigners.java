package dev.railiance.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may sign with which key, read from OpenSSH's {@code allowed_signers}. A line with something that is not understood
 * allows nothing: certificates are not supported.
 *
 * @param lines those that were understood
 */
record AllowedSigners(List<Line> lines) {

    private static final Pattern OPTION = Pattern.compile("([A-Za-z-]+)(?:=\"([^\"]*)\")?(?:,|$)");
    private static final Pattern FIELD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    /**
     * One key.
     *
     * @param principals whose it is, as the file says it
     * @param namespaces what it may sign for; empty for everything
     * @param after from when on
     * @param before until when
     */
    record Line(
            String principals,
            SshPublicKey key,
            List<String> namespaces,
            Optional<Instant> after,
            Optional<Instant> before) {

        boolean allows(SshSignature signature, Instant now) {
            return key.equals(signature.key())
                    && (namespaces.isEmpty()
                            || namespaces.stream().anyMatch(pattern -> matches(pattern, signature.namespace())))
                    && after.map(from -> !now.isBefore(from)).orElse(true)
                    && before.map(now::isBefore).orElse(true);
        }
    }

    static AllowedSigners parse(String text) {
        var lines = new ArrayList<Line>();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> line(line).ifPresent(lines::add));
        return new AllowedSigners(List.copyOf(lines));
    }

    /** Whose signature this is, as the file names him; empty if nobody's who may sign for its purpose now. */
    Optional<String> principal(SshSignature signature, Instant now) {
        return lines.stream()
                .filter(line -> line.allows(signature, now))
                .map(Line::principals)
                .findFirst();
    }

    private static Optional<Line> line(String line) {
        List<String> fields =
                FIELD.matcher(line).results().map(found -> found.group()).toList();
        try {
            int key = 1;
            String options = "";
            if (fields.size() > 2 && !isKeyType(fields.get(1))) {
                options = fields.get(1);
                key = 2;
            }
            if (fields.size() < key + 2 || !isKeyType(fields.get(key))) {
                return Optional.empty();
            }
            SshPublicKey read = SshPublicKey.read(Base64.getDecoder().decode(fields.get(key + 1)));
            return withOptions(fields.getFirst().replace("\"", ""), read, options);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Line> withOptions(String principals, SshPublicKey key, String options) {
        List<String> namespaces = List.of();
        Optional<Instant> after = Optional.empty();
        Optional<Instant> before = Optional.empty();
        Matcher option = OPTION.matcher(options);
        int read = 0;
        while (read < options.length()) {
            if (!option.find(read) || option.start() != read || option.group(2) == null) {
                return Optional.empty();
            }
            String value = option.group(2);
            switch (option.group(1).toLowerCase(Locale.ROOT)) {
                case "namespaces" -> namespaces = List.of(value.split(",", -1));
                case "valid-after" -> after = Optional.of(time(value));
                case "valid-before" -> before = Optional.of(time(value));
                default -> {
                    return Optional.empty();
                }
            }
            read = option.end();
        }
        return Optional.of(new Line(principals, key, namespaces, after, before));
    }

    private static boolean isKeyType(String word) {
        return word.startsWith("ssh-") || word.startsWith("ecdsa-") || word.startsWith("sk-");
    }

    /** {@code YYYYMMDD[HHMM[SS]][Z]}; without the Z, the time of this machine. */
    private static Instant time(String text) {
        boolean utc = text.endsWith("Z");
        String digits = utc ? text.substring(0, text.length() - 1) : text;
        String full = digits + "000000".substring(Math.min(6, Math.max(0, digits.length() - 8)));
        LocalDateTime local = LocalDateTime.parse(full, DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT));
        return local.atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault()).toInstant();
    }

    private static boolean matches(String pattern, String name) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.matches(regex, name);
    }
}
