package dev.railiance.kubectl;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Arguments;
import dev.railiance.tool.ClusterNamespace;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code kubectl get secret}: the names of the keys of a secret, sorted. kubectl itself leaves the values out: they never come
 * into this process. NOT_FOUND when there is no such secret.
 */
public record SecretKeys(ClusterNamespace namespace, String secret) implements KubectlOperation<List<String>> {

    public SecretKeys {
        Arguments.requireName(secret);
    }

    @Override
    public String name() {
        return "kubectl get secret";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "get",
                "secrets",
                secret,
                "--output=go-template={{range $key, $value := .data}}key {{$key}}{{\"\\n\"}}{{end}}end"));
        arguments.addAll(KubectlOperation.place(namespace));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<List<String>> read(Captured stdout) {
        String printed = stdout.text();
        return printed.matches("(key [-._a-zA-Z0-9]{1,253}\n)*+end")
                ? Answer.done(printed.lines()
                        .filter(line -> line.startsWith("key "))
                        .map(line -> line.substring("key ".length()))
                        .sorted()
                        .toList())
                : unreadable("printed something else than the keys of a secret");
    }
}
