package dev.railiance.approval;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.railiance.document.Json;
import dev.railiance.ledger.EventCodec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What an approver signs: {@code railiance.approval-statement.v1}, in canonical JSON (RFC 8785) without a line end.
 *
 * @param action what is said: yes to a plan, or that earlier approvals no longer count
 * @param scope {@code stage2}, {@code stage3} or {@code rollback}; only of an approval
 * @param planDigest of the plan that is approved; only of an approval
 * @param gateDigest over the promotion's gate evaluations; only of an approval
 * @param signersDigest of the file that says whose signatures count
 * @param approver who says it, by a name of that file
 * @param expires when the approval ends; only of an approval
 * @param freeze the freeze window that the approver knew to be open
 */
public record ApprovalStatement(
        String schema,
        String action,
        String promotionId,
        String app,
        String environment,
        String artifactDigest,
        String contractDigest,
        Optional<String> scope,
        Optional<String> planDigest,
        Optional<String> gateDigest,
        String signersDigest,
        String approver,
        Instant at,
        Optional<Instant> expires,
        Optional<String> freeze,
        String reason) {

    /** The name of the schema. */
    public static final String SCHEMA = "railiance.approval-statement.v1";

    /** What the signature is made for. */
    public static final String NAMESPACE = "railiance-approval";

    /** No statement that is meant is longer. */
    static final int LARGEST = 64 * 1024;

    private static final JsonMapper READER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The bytes that are signed. */
    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** The same as text. */
    public String text() {
        return EventCodec.canonical(Json.compact(this));
    }

    /** Reads a statement; empty if these are not, to the byte, what this engine writes. */
    static Optional<ApprovalStatement> read(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            ApprovalStatement read = READER.readValue(text, ApprovalStatement.class);
            return Optional.ofNullable(read)
                    .filter(statement -> statement.whole() && statement.text().equals(text));
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private boolean whole() {
        boolean approval = scope.isPresent() && planDigest.isPresent() && gateDigest.isPresent() && expires.isPresent();
        boolean nothing = scope.isEmpty() && planDigest.isEmpty() && gateDigest.isEmpty() && expires.isEmpty();
        return schema.equals(SCHEMA)
                && !reason.isBlank()
                && (action.equals("approve") ? approval : action.equals("withdraw") && nothing);
    }
}
