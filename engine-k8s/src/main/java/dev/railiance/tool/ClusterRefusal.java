package dev.railiance.tool;

import dev.railiance.tool.Answer.Cause;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an API server, or its absence, is to Helm and kubectl alike: both print the words of the same library. */
public final class ClusterRefusal {

    private record Sign(Pattern words, Cause cause, String meaning) {}

    /** The first that fits counts. */
    private static final List<Sign> SIGNS = List.of(
            sign(
                    "context \"[^\"]*\" does not exist|context was not found for specified context|"
                            + "no context exists with the name|current-context must exist|cannot locate context",
                    Cause.CONTEXT_UNKNOWN,
                    "the kubeconfig has no such context"),
            // Helm calls a cluster that turns its credentials away unreachable, too.
            sign(
                    "Unauthorized|must be logged in|provide credentials|getting credentials: ",
                    Cause.UNAUTHENTICATED,
                    "the API server does not accept the credentials"),
            sign(
                    "(?i)cluster unreachable|was refused - did you specify|connection refused|no such host|"
                            + "i/o timeout|TLS handshake timeout|unable to connect to the server|no route to host|"
                            + "network is unreachable|connection reset by peer|http2: client connection lost|"
                            + "net/http: request canceled|ServiceUnavailable|server is currently unable to handle the request|too many requests|"
                            + "Unable to connect|context deadline exceeded \\(Client|x509: |"
                            + "(Get|Post|Put|Patch|Delete) \"[^\"]*\": context deadline exceeded|Client\\.Timeout exceeded|"
                            + "error loading config file|invalid configuration: |unexpected EOF|: EOF\\b",
                    Cause.UNREACHABLE,
                    "the API server cannot be reached"),
            sign("namespaces \"[^\"]*\" not found", Cause.NAMESPACE_NOT_FOUND, "there is no such namespace"),
            sign(
                    "(?i)\\(Forbidden\\)| is forbidden: |cannot \\w+ resource \"",
                    Cause.FORBIDDEN,
                    "the credentials do not give the right to do it"),
            sign(
                    "no matches for kind|doesn't have a resource type|ensure CRDs are installed first",
                    Cause.KIND_UNKNOWN,
                    "the API server does not know a kind of object"),
            sign(
                    "\\(Conflict\\)|conflicts? with \"|Apply failed with \\d+ conflict|the object has been modified",
                    Cause.CONFLICT,
                    "somebody else changes the same object"),
            sign(
                    "\\(Invalid\\)| is invalid: |admission webhook|ValidationError|unknown field|\\(BadRequest\\)|"
                            + "strict decoding error|exceeded quota|field is immutable",
                    Cause.OBJECT_INVALID,
                    "the API server does not accept an object"));

    private ClusterRefusal() {}

    private static Sign sign(String words, Cause cause, String meaning) {
        return new Sign(Pattern.compile(words), cause, meaning);
    }

    /**
     * Recognises a refusal, or a failure to connect.
     *
     * @param ended tool, operation and exit code, which the reason starts with
     * @param words what the tool wrote to its error stream; none of it gets into the answer
     */
    public static <T> Optional<Answer<T>> explain(String ended, String words) {
        return SIGNS.stream()
                .filter(sign -> sign.words().matcher(words).find())
                .findFirst()
                .map(sign -> Answer.notDone(sign.cause(), ended + ": " + sign.meaning()));
    }
}
