package dev.railiance.kubectl;

import dev.railiance.effect.SecretSource.Lack;
import dev.railiance.effect.SecretSource.Reading;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Arguments;
import dev.railiance.tool.ClusterNamespace;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * {@code kubectl get secret}: the value of one key of a secret, for who is about to use it; {@link SecretKeys} is for who only
 * wants to know whether it is there. NOT_FOUND when there is no such secret, and lacking when it has no such key.
 */
record SecretValue(ClusterNamespace namespace, String secret, String key) implements KubectlOperation<Reading> {

    private static final String BEFORE = "value ";

    SecretValue {
        Arguments.requireName(secret);
        // What Kubernetes allows, and nothing that means something in a template.
        if (!key.matches("[-._a-zA-Z0-9]{1,253}")) {
            throw new IllegalArgumentException("not the name of a secret's key");
        }
    }

    @Override
    public String name() {
        return "kubectl get secret";
    }

    @Override
    public List<String> arguments() {
        // A template that fails makes kubectl print the whole object: this one has no step that can.
        List<String> arguments = new ArrayList<>(List.of(
                "get",
                "secrets",
                secret,
                "--output=go-template={{with .data}}{{with index . \"" + key + "\"}}" + BEFORE
                        + "{{.}}{{end}}{{end}}end"));
        arguments.addAll(KubectlOperation.place(namespace));
        return List.copyOf(arguments);
    }

    @Override
    public int capture() {
        // Of a mebibyte, which a secret may have, in Base64.
        return 2 << 20;
    }

    @Override
    public Answer<Reading> read(Captured stdout) {
        String printed = stdout.text();
        if (printed.equals("end")) {
            return Answer.done(new Reading.Lacking(Lack.ABSENT));
        }
        if (!printed.startsWith(BEFORE) || !printed.endsWith("end")) {
            return unreadable("printed something else than the value of a secret");
        }
        // The letters of "end" are Base64 too, but it has their place: the last three.
        String encoded = printed.substring(BEFORE.length(), printed.length() - "end".length());
        try {
            byte[] value = Base64.getDecoder().decode(encoded);
            return Answer.done(new Reading.Found(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString()));
        } catch (CharacterCodingException e) {
            return Answer.done(new Reading.Lacking(Lack.UNUSABLE));
        } catch (IllegalArgumentException e) {
            return unreadable("printed something else than the value of a secret");
        }
    }
}
