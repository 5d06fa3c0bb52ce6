package dev.railiance.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.signature.SigningKey;
import dev.railiance.signature.SigningKey.Signed;
import dev.railiance.signature.TrustedSigners;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** A statement in a DSSE envelope of version 1: on one line, as in-toto keeps several of them in one file. */
final class Envelope {

    /** What an SSH signature over one is made for. */
    static final String NAMESPACE = "railiance-attestation";

    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private record Form(String payload, String payloadType, List<Signature> signatures) {}

    private record Signature(String keyid, String sig) {}

    private Envelope() {}

    /** A statement, signed. */
    static Outcome<String> sign(String statement, SigningKey key) {
        byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
        return key.sign(signedBytes(payload), NAMESPACE).then(signed -> Outcome.done(line(payload, signed)));
    }

    private static String line(byte[] payload, Signed signed) {
        Base64.Encoder base64 = Base64.getEncoder();
        return Json.compact(new Form(
                base64.encodeToString(payload),
                PAYLOAD_TYPE,
                List.of(new Signature(signed.keyId(), base64.encodeToString(signed.bytes())))));
    }

    /** What DSSE signs: the type and the payload, each with its length. */
    private static byte[] signedBytes(byte[] payload) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** The statement in an envelope, once its signature was found to be one of these people's. */
    static Outcome<String> open(String line, TrustedSigners signers, Instant now) {
        try {
            JsonNode envelope = StrictJson.read(line);
            JsonNode signatures = envelope.path("signatures");
            if (!envelope.path("payloadType").asText().equals(PAYLOAD_TYPE) || signatures.size() != 1) {
                return malformed();
            }
            byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
            byte[] signature =
                    Base64.getDecoder().decode(signatures.get(0).path("sig").asText());
            return signers.signer(signedBytes(payload), signature, NAMESPACE, now)
                    .then(signer -> Outcome.done(new String(payload, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return malformed();
        }
    }

    private static Outcome<String> malformed() {
        return Outcome.notDone(new Failure(
                Code.BUNDLE_INVALID,
                "an attestation of the bundle is no DSSE envelope with one signature",
                "railiance audit export ID --key KEY --file FILE"));
    }
}
