package dev.railiance.signature;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * A public key as SSH writes it: Ed25519, ECDSA over the NIST curves, or RSA of at least 2048 bits; also Ed25519 and ECDSA keys
 * on hardware tokens (FIDO), whose signatures count only where somebody touched the token.
 */
final class SshPublicKey {

    private static final byte[] ED25519_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int SHORTEST_RSA = 2048;
    private static final String SK_ED25519 = "sk-ssh-ed25519@openssh.com";
    private static final String SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com";
    private static final int TOUCHED = 1;
    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa",
            SK_ED25519,
            SK_ECDSA);

    private final byte[] blob;
    private final String type;
    private final PublicKey key;

    /** What a token's key was made for; empty for others. */
    private final byte[] application;

    private SshPublicKey(byte[] blob, String type, PublicKey key, byte[] application) {
        this.blob = blob;
        this.type = type;
        this.key = key;
        this.application = application;
    }

    /** Whether this is the name of a type of keys that is supported. */
    static boolean isType(String word) {
        return TYPES.contains(word);
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException if it is none, or of another kind that is not supported
     */
    static SshPublicKey read(byte[] blob) {
        var wire = new SshWire(blob);
        String type = wire.text();
        try {
            PublicKey key = switch (type) {
                case "ssh-ed25519", SK_ED25519 -> ed25519(wire.string());
                case "ecdsa-sha2-nistp256", SK_ECDSA -> ecdsa(wire, "nistp256", "secp256r1");
                case "ecdsa-sha2-nistp384" -> ecdsa(wire, "nistp384", "secp384r1");
                case "ecdsa-sha2-nistp521" -> ecdsa(wire, "nistp521", "secp521r1");
                case "ssh-rsa" -> rsa(wire);
                default -> throw new IllegalArgumentException("SSH keys of this kind are not supported");
            };
            byte[] application = type.startsWith("sk-") ? wire.string() : new byte[0];
            wire.end();
            return new SshPublicKey(blob.clone(), type, key, application);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a valid SSH key", e);
        }
    }

    static PublicKey ed25519(byte[] raw) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(ED25519_HEADER, ED25519_HEADER.length + raw.length);
        System.arraycopy(raw, 0, encoded, ED25519_HEADER.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static PublicKey ecdsa(SshWire wire, String name, String curve) throws GeneralSecurityException {
        if (!wire.text().equals(name)) {
            throw new IllegalArgumentException("not a valid SSH key");
        }
        byte[] point = wire.string();
        int half = (point.length - 1) / 2;
        if (point.length < 3 || point[0] != 4 || point.length % 2 == 0) {
            throw new IllegalArgumentException("not a valid SSH key");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        var at = new ECPoint(new BigInteger(1, point, 1, half), new BigInteger(1, point, 1 + half, half));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(at, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static PublicKey rsa(SshWire wire) throws GeneralSecurityException {
        var exponent = new BigInteger(1, wire.string());
        var modulus = new BigInteger(1, wire.string());
        if (modulus.bitLength() < SHORTEST_RSA) {
            throw new IllegalArgumentException("RSA keys have at least " + SHORTEST_RSA + " bits");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    /** Whether a signature, as SSH writes it, is this key's over the data. */
    boolean signed(byte[] data, byte[] signature) {
        var wire = new SshWire(signature);
        String algorithm = wire.text();
        byte[] value = wire.string();
        byte[] report = algorithm.startsWith("sk-") ? wire.take(1 + Integer.BYTES) : new byte[0];
        wire.end();
        try {
            return switch (algorithm) {
                case SK_ED25519 ->
                    algorithm.equals(type) && touched(report) && check("Ed25519", told(data, report), value);
                case SK_ECDSA ->
                    algorithm.equals(type) && touched(report) && checkEc("SHA256", told(data, report), value, 32);
                case "ssh-ed25519" -> algorithm.equals(type) && check("Ed25519", data, value);
                case "ecdsa-sha2-nistp256" -> algorithm.equals(type) && checkEc("SHA256", data, value, 32);
                case "ecdsa-sha2-nistp384" -> algorithm.equals(type) && checkEc("SHA384", data, value, 48);
                case "ecdsa-sha2-nistp521" -> algorithm.equals(type) && checkEc("SHA512", data, value, 66);
                case "rsa-sha2-256" -> key instanceof RSAPublicKey && check("SHA256withRSA", data, value);
                case "rsa-sha2-512" -> key instanceof RSAPublicKey && check("SHA512withRSA", data, value);
                default -> false;
            };
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean touched(byte[] report) {
        return (report[0] & TOUCHED) != 0;
    }

    /** What a token signs: what it was made for, its own report (flags and a counter), and what it was given. */
    private byte[] told(byte[] data, byte[] report) throws GeneralSecurityException {
        byte[] of = MessageDigest.getInstance("SHA-256").digest(application);
        byte[] given = MessageDigest.getInstance("SHA-256").digest(data);
        byte[] all = Arrays.copyOf(of, of.length + report.length + given.length);
        System.arraycopy(report, 0, all, of.length, report.length);
        System.arraycopy(given, 0, all, of.length + report.length, given.length);
        return all;
    }

    private boolean check(String algorithm, byte[] data, byte[] value) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        verifier.update(data);
        return verifier.verify(value);
    }

    private boolean checkEc(String hash, byte[] data, byte[] value, int width) throws GeneralSecurityException {
        var wire = new SshWire(value);
        byte[] r = fixed(wire.string(), width);
        byte[] s = fixed(wire.string(), width);
        wire.end();
        byte[] both = Arrays.copyOf(r, 2 * width);
        System.arraycopy(s, 0, both, width, width);
        return check(hash + "withECDSAinP1363Format", data, both);
    }

    private static byte[] fixed(byte[] number, int width) {
        byte[] positive = new BigInteger(1, number).toByteArray();
        int from = positive.length > width ? positive.length - width : 0;
        if (from > 1) {
            throw new IllegalArgumentException("not a valid SSH signature");
        }
        byte[] padded = new byte[width];
        System.arraycopy(positive, from, padded, width - (positive.length - from), positive.length - from);
        return padded;
    }

    /** The name of its type. */
    String type() {
        return type;
    }

    /** As {@code ssh-keygen -l} shows it. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshPublicKey that && Arrays.equals(blob, that.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return fingerprint();
    }
}
