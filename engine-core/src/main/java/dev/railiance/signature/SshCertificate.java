package dev.railiance.signature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an authority says of somebody's key: a certificate as {@code ssh-keygen -s} makes it. One that the authority did not sign
 * is not read. Its critical options are about what may be done at a login, and like {@code ssh-keygen -Y verify} nobody asks
 * for them where something is signed.
 */
final class SshCertificate {

    private static final int USER = 1;

    /** A kind of certified keys: the name of their type alone, and of how many strings such a key consists. */
    private record Kind(String plain, int strings) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "ssh-ed25519-cert-v01@openssh.com", new Kind("ssh-ed25519", 1),
            "ecdsa-sha2-nistp256-cert-v01@openssh.com", new Kind("ecdsa-sha2-nistp256", 2),
            "ecdsa-sha2-nistp384-cert-v01@openssh.com", new Kind("ecdsa-sha2-nistp384", 2),
            "ecdsa-sha2-nistp521-cert-v01@openssh.com", new Kind("ecdsa-sha2-nistp521", 2),
            "ssh-rsa-cert-v01@openssh.com", new Kind("ssh-rsa", 2),
            "sk-ssh-ed25519-cert-v01@openssh.com", new Kind("sk-ssh-ed25519@openssh.com", 2),
            "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", new Kind("sk-ecdsa-sha2-nistp256@openssh.com", 3));

    private final SshPublicKey key;
    private final SshPublicKey authority;
    private final boolean user;
    private final List<String> principals;
    private final long after;
    private final long before;

    private SshCertificate(SshWire wire) {
        Kind kind = KINDS.get(wire.text());
        if (kind == null) {
            throw new IllegalArgumentException("certificates of this kind are not supported");
        }
        wire.string(); // A number that its authority made up.
        byte[][] strings = new byte[1 + kind.strings()][];
        strings[0] = SshWire.bytes(kind.plain());
        for (int i = 1; i < strings.length; i++) {
            strings[i] = wire.string();
        }
        key = SshPublicKey.read(SshWire.strings(new byte[0], strings));
        wire.longNumber(); // Its serial number.
        user = wire.number() == USER;
        wire.string(); // What its authority calls it.
        principals = texts(wire.string());
        after = wire.longNumber();
        before = wire.longNumber();
        for (int ignored = 0; ignored < 3; ignored++) {
            wire.string(); // Critical options, extensions, and what is reserved.
        }
        authority = SshPublicKey.read(wire.string());
        byte[] signed = wire.taken();
        if (!authority.signed(signed, wire.string())) {
            throw new IllegalArgumentException("the authority did not sign this certificate");
        }
        wire.end();
    }

    /** Whether a key, as SSH writes it, is a certificate. */
    static boolean is(byte[] blob) {
        return KINDS.containsKey(new SshWire(blob).text());
    }

    /**
     * Reads a certificate.
     *
     * @throws IllegalArgumentException if it is none, of a kind that is not supported, or not signed by the authority that it names
     */
    static SshCertificate read(byte[] blob) {
        return new SshCertificate(new SshWire(blob));
    }

    private static List<String> texts(byte[] bytes) {
        var wire = new SshWire(bytes);
        var texts = new ArrayList<String>();
        while (wire.hasMore()) {
            texts.add(wire.text());
        }
        return List.copyOf(texts);
    }

    /** The certified key. */
    SshPublicKey key() {
        return key;
    }

    /** Who certified it. */
    SshPublicKey authority() {
        return authority;
    }

    /** For whom it was made: of a host's certificate, and of one that stands for anybody, nobody. */
    List<String> principals() {
        return user ? principals.stream().filter(PatternList::isName).toList() : List.of();
    }

    /** Whether its time has begun. */
    boolean begun(Instant now) {
        return Long.compareUnsigned(now.getEpochSecond(), after) >= 0;
    }

    /** Whether its time is over. */
    boolean over(Instant now) {
        return Long.compareUnsigned(now.getEpochSecond(), before) >= 0;
    }
}
