package dev.railiance.signature;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who signed something, as the signature itself says: a key, alone or with what an authority says of it.
 *
 * @param key that signed
 * @param certificate of the key
 */
record SshSigner(SshPublicKey key, Optional<SshCertificate> certificate) {

    /**
     * Reads a public key or a certificate.
     *
     * @throws IllegalArgumentException if it is neither, or of a kind that is not supported
     */
    static SshSigner read(byte[] blob) {
        if (!SshCertificate.is(blob)) {
            return new SshSigner(SshPublicKey.read(blob), Optional.empty());
        }
        SshCertificate certificate = SshCertificate.read(blob);
        return new SshSigner(certificate.key(), Optional.of(certificate));
    }

    /** Whether it signed with exactly this key and says nothing else of itself. */
    boolean isAlone(SshPublicKey other) {
        return certificate.isEmpty() && key.equals(other);
    }

    /** Whether an authority with this key certified it. */
    boolean isCertifiedBy(SshPublicKey authority) {
        return certificate.filter(one -> one.authority().equals(authority)).isPresent();
    }

    /** For whom it was certified. */
    List<String> principals() {
        return certificate.map(SshCertificate::principals).orElse(List.of());
    }

    /** Whether the time of the certificate, where there is one, has begun and is not over. */
    boolean validAt(Instant now) {
        return certificate.map(one -> one.begun(now) && !one.over(now)).orElse(true);
    }

    /** Whether the time of the certificate is over. */
    boolean over(Instant now) {
        return certificate.filter(one -> one.over(now)).isPresent();
    }
}
