package dev.railiance.contract.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.contract.Contracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule on both sides of its border. */
final class RuleTest {

    @TempDir
    private Path repository;

    @BeforeEach
    void writeSigners() throws IOException {
        Files.writeString(repository.resolve("signers"), """
                # a comment
                ada@example.org,*@ops.example.org ssh-ed25519 AAAA
                "!eve@dev.example.org,*@dev.example.org" namespaces="railiance-approval" ssh-ed25519 AAAA
                """);
    }

    private static Arguments broken(String code, String toml) {
        return Arguments.of(code, toml);
    }

    private static String receiver(String url) {
        return "[[notifications]]\nname = 'a'\nurl = '" + url + "'\nsecret_ref = 'env:A'";
    }

    static List<Arguments> broken() {
        return List.of(
                broken("path-outside", "[deploy]\nchart = '~/chart'"),
                broken("path-outside", "[deploy]\nchart = 'C:/chart'"),
                broken("path-outside", "[deploy]\nchart = 'http://x/chart'"),
                broken("path-outside", "[[secrets]]\nname = 'a'\nref = 'sops:../a.yaml#b'"),
                broken("path-outside", "[deploy]\nchart = 'a\\\\..\\\\..\\\\b'"),
                broken("duration-too-long", "[health]\nstartup = '999999999d'"),
                broken(
                        "port-out-of-range",
                        "[[dependencies]]\nname = 'a'\ncheck = { kind = 'tcp', address = 'a:65536' }"),
                broken("port-out-of-range", "[[dependencies]]\nname = 'a'\ncheck = { kind = 'tcp', address = 'a:0' }"),
                broken("duplicate-name", "[stage2]\ngates = [{name='a',kind='pods'},{name='a',kind='rollout'}]"),
                broken("upstream-needed", "[source]\nexclude=[]\n#third"),
                broken("image-needed", "[source]\nupstream='u'\n[deploy]\nchart = 'c'\n#third"),
                broken("image-needed", "[source]\nupstream='u'\n[artifact]\n[deploy]\nchart = 'c'\n#third"),
                broken("digest-needed", "[artifact]\nimage = 'a/b'"),
                broken("chart-needed", "[deploy]\ntool = 'helm'"),
                broken("commands-needed", "[rollback]\nstrategy = 'commands'"),
                broken("rollback-tool", "[deploy]\ntool = 'commands'\ncommands = [{name='a',argv=['b']}]"),
                broken("router-mode", "[stage2]\nrouter = 'traefik'"),
                broken("router-mode", "[stage2]\nmode = 'weighted'\nsteps = [{weight=1,hold='1s'}]"),
                broken("router-mode", "[stage3]\nmode = 'weighted'\nsteps = [{weight=1,hold='1s'}]"),
                broken("steps-needed", "[stage2]\nmode = 'weighted'\nrouter = 'replicas'"),
                broken(
                        "weights-rise",
                        "[stage2]\nmode='weighted'\nrouter='replicas'\nsteps=[{weight=5,hold='1s'},{weight=5,hold='1s'}]"),
                broken("notification-address", receiver("https://a:0/")),
                broken("notification-address", receiver("https://a:65536/")),
                broken("notification-address", receiver("https://ada@a/")),
                broken("notification-address", receiver("https://a/#b")),
                broken("notification-address", receiver("https://a_b/")),
                broken("notification-unencrypted", receiver("http://hooks.example.org/")),
                broken(
                        "duplicate-name",
                        receiver("https://a/") + "\n[[notifications]]\nname='a'\nurl='https://b/'\nsecret_ref='env:A'"),
                broken("score-order", "[stage2]\nscore = { pass = 60 }"),
                broken("prometheus-needed", "[stage3]\ngates=[{name='a',kind='compare',query='up{t=\"$TRACK\"}'}]"),
                broken("prometheus-access", "[observability]\nprometheus_timeout = '5s'"),
                broken("prometheus-access", "[observability]\nprometheus='http://p:9090'\nprometheus_ca='ca.pem'"),
                broken("prometheus-access", "[observability]\nprometheus='service:m/p:9090'\nprometheus_ca='ca.pem'"),
                broken("prometheus-access", """
                [observability]
                prometheus='https://p:9090'
                prometheus_auth={kind='bearer',ref='vault:team/metrics#reader'}\
                """),
                broken("port-out-of-range", "[observability]\nprometheus='service:m/p:65536'"),
                broken("port-out-of-range", "[observability]\nprometheus='service:m/p:0'"),
                broken("path-outside", "[observability]\nprometheus='https://p'\nprometheus_ca='../ca.pem'"),
                broken(
                        "gate-query",
                        "[observability]\nprometheus='http://p:9090'\n[stage2]\ngates=[{name='a',kind='compare',query='up'}]"),
                broken("hold-too-short", """
                [observability]
                prometheus='http://p:9090'
                [stage2]
                mode='weighted'
                router='traefik'
                steps=[{weight=5,hold='149s'}]
                gates=[{name='a',kind='metric',query='up',comparison='==',limit=1}]\
                """),
                broken("no-required-gate", "[stage2]\ngates = [{name='a',kind='pods',required=false}]"),
                broken("critical-approval", "#critical"),
                broken("quorum-too-large", "[approval.rollback]\nsigned=false\nrequired=2\nfrom=['a']"),
                broken("signers-unreadable", "[approval.stage3]\nrequired = 1"),
                broken("signers-unreadable", "[approval]\nsigners='none'\n[approval.stage3]\nrequired = 1"),
                broken(
                        "unknown-approver",
                        "[approval]\nsigners='signers'\n[approval.stage2]\nfrom=['eve@dev.example.org']"),
                broken("freeze-name", "[[freeze]]\nname='a, b'\nweekly={from='Mon 08:00',to='Mon 09:00',zone='UTC'}"),
                broken("freeze-window", "[[freeze]]\nname='a'\nfrom=2026-12-18T18:00:00Z"),
                broken("freeze-window", "[[freeze]]\nname='a'\nfrom='2026-13-18T18:00:00Z'\nto=2026-12-18T18:00:00Z"),
                broken("freeze-window", "[[freeze]]\nname='a'\nweekly={from='Mon 08:00',to='Mon 08:00',zone='UTC'}"),
                broken("unknown-zone", "[[freeze]]\nname='a'\nweekly={from='Mon 08:00',to='Mon 09:00',zone='Mars'}"),
                broken("freeze-override", """
                [[freeze]]
                name='a'
                weekly={from='Mon 08:00',to='Mon 09:00',zone='UTC'}
                override={required=3}
                [approval.stage3]
                signed=false
                required=1
                from=['a','b']\
                """));
    }

    @ParameterizedTest(name = "{0} is found in {1}")
    @MethodSource("broken")
    void onlyTheRuleThatIsBrokenIsFound(String code, String toml) {
        assertEquals(List.of(code), codes(toml));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a[0]", "a,b", "-a", "a-", "ä"})
    void aSubchartIsAPlainKey(String subchart) {
        assertEquals(List.of("wrong-form"), codes("[deploy]\nchart = 'c'\nsubchart = '" + subchart + "'"));
    }

    static List<String> kept() {
        return List.of(
                "[deploy]\nchart = 'oci://registry.example.org/charts/web'\nvalues = ['a..b/..c/.d']",
                "[deploy]\nchart = 'c'\ntimeout = '366d'",
                "[deploy]\nchart = 'c'\nsubchart = 'upstream'",
                """
                [deploy]
                tool='commands'
                commands=[{name='a',argv=['b']}]
                [rollback]
                strategy='commands'
                commands=[{name='a',argv=['b']}]\
                """,
                "[artifact]\nimage = 'a/b'\npolicy = 'tag-allowed'",
                """
                [observability]
                prometheus='https://p:99999'
                prometheus_ca='ca.pem'
                prometheus_auth={kind='bearer',ref='env:READER'}\
                """,
                """
                [observability]
                prometheus='service:monitoring/prometheus:65535'
                prometheus_auth={kind='basic',user='gate',ref='k8s:monitoring/reader#password'}\
                """,
                "[stage2]\nmode='weighted'\nrouter='gateway-api'\nsteps=[{weight=1,hold='0s'},{weight=100,hold='1s'}]",
                "[stage2]\ngates = [{name='a',kind='pods'}]\n[stage3]\ngates = [{name='a',kind='pods'}]",
                """
                [observability]
                prometheus='http://p:9090'
                [stage2]
                mode='weighted'
                router='traefik'
                steps=[{weight=5,hold='150s'}]
                gates=[{name='a',kind='metric',query='up',comparison='==',limit=1}]\
                """,
                """
                [approval]
                signers='signers'
                [approval.stage3]
                required=3
                from=['ada@example.org','x@ops.example.org','bob@dev.example.org']\
                """,
                "[approval]\nsigners='signers'\n[approval.stage3]\nrequired=1\n#critical",
                "[approval.stage3]\nsigned=false\nrequired=1",
                "[source]\nupstream='upstream.toml'\n#third",
                "[source]\nupstream='u'\n[deploy]\nchart='c'\n[artifact]\nimage='a/b'\npolicy='tag-allowed'\n#third",
                "[source]\nupstream='u'\n[deploy]\nchart='c'\nsubchart='upstream'\n#third",
                "[source]\nupstream='u'\n[deploy]\nchart='oci://registry.example.org/charts/web'\n#third",
                "[deploy]\nchart='c'",
                "[[freeze]]\nname='a'\nweekly={from='Mon 08:00',to='Mon 07:59',zone='UTC'}\noverride={required=1}");
    }

    @ParameterizedTest
    @MethodSource("kept")
    void nothingIsFoundWhereTheRulesAreKept(String toml) {
        assertEquals(List.of(), codes(toml));
    }

    @Test
    void everyRuleHasACodeOfItsOwnAndABrokenContract() {
        List<String> codes =
                ContractRules.ALL.stream().map(rule -> rule.code().id()).toList();
        assertEquals(codes.size(), Set.copyOf(codes).size());
        Set<Object> shown = broken().stream().map(row -> row.get()[0]).collect(Collectors.toSet());
        assertEquals(Set.copyOf(codes), shown);
    }

    private List<String> codes(String toml) {
        String app = toml.contains("#critical") ? ", criticality = 'critical'" : "";
        app += toml.contains("#third") ? ", kind = 'third-party'" : "";
        String text = Contracts.LEAST.replace("\"shop-web\"", "\"shop-web\"" + app) + toml + "\n";
        return new Contracts(repository)
                .faults(text).stream()
                        .map(fault -> Arrays.asList(fault.split(" ")).getLast())
                        .toList();
    }
}
