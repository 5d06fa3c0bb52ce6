package dev.railiance.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is asked of a server. Its text form shows neither headers nor body: they may hold a credential.
 *
 * @param address an http or https URL with a host; what else than host, port, path and query is in it is not sent
 * @param host who is asked for, with a port where it needs one: the Host header and the name in TLS. Without it the host of
 *     the address, which is where the connection goes in any case
 * @param headers beyond those that every request has
 * @param body empty where the method has none
 * @param bodyLimit how many bytes of the answer's body are looked at
 */
public record HttpRequest(
        URI address, String method, Optional<String> host, Map<String, String> headers, String body, int bodyLimit) {

    /** As much of a body as a page for people has. */
    public static final int BODY_LIMIT = 1 << 20;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[-_.A-Za-z0-9]+)(:[0-9]{1,5})?");

    /** @throws IllegalArgumentException when that cannot be asked by HTTP */
    public HttpRequest {
        require("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()));
        require(address.getHost() != null && address.getPort() != 0 && address.getPort() <= 65_535);
        require(TOKEN.matcher(method).matches() && bodyLimit > 0);
        require(host.isEmpty() || AUTHORITY.matcher(host.get()).matches());
        headers = Map.copyOf(headers);
        headers.forEach((name, value) ->
                require(TOKEN.matcher(name).matches() && VALUE.matcher(value).matches()));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not a request that can be made by HTTP");
        }
    }

    /** A request without a body. */
    public static HttpRequest of(String method, URI address) {
        return new HttpRequest(address, method, Optional.empty(), Map.of(), "", BODY_LIMIT);
    }

    boolean secure() {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    int port() {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return secure() ? 443 : 80;
    }

    /** The name that a certificate has to be for. */
    String name() {
        String name =
                host.map(authority -> authority.replaceFirst(":[0-9]+$", "")).orElse(address.getHost());
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    /** Whether an answer to it has a body. */
    boolean answeredWithBody() {
        return !method.equals("HEAD");
    }

    /** As it goes over the wire. */
    byte[] bytes() {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Accept", "*/*");
        all.put("User-Agent", "railiance");
        all.putAll(headers);
        all.put("Connection", "close");
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            all.put("Content-Length", Integer.toString(content.length));
        }
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(authority()).append("\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private String authority() {
        return host.orElseGet(() -> address.getHost() + (address.getPort() > 0 ? ":" + address.getPort() : ""));
    }

    private String target() {
        URI ascii = URI.create(address.toASCIIString());
        String path = ascii.getRawPath();
        String query = ascii.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    @Override
    public String toString() {
        return "HttpRequest[" + method + "]";
    }
}
