package dev.railiance.ledger;

import java.nio.charset.StandardCharsets;

/**
 * A document that events refer to by its digest, such as a contract; kept with the first event that does.
 *
 * @param digest {@code sha256:} and the hash of the content
 * @param content as it was read, in UTF-8
 */
public record KeptDocument(String digest, String content) {

    public KeptDocument {
        if (!digest.equals("sha256:" + Hash.over(content.getBytes(StandardCharsets.UTF_8)))) {
            throw new IllegalArgumentException("the digest is not the content's");
        }
    }

    /** A document under the digest of its content. */
    public static KeptDocument of(String content) {
        return new KeptDocument("sha256:" + Hash.over(content), content);
    }
}
