package dev.railiance.stage2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.Deployer.Deployment;
import dev.railiance.effect.Deployer.Image;
import dev.railiance.effect.Deployer.Track;
import dev.railiance.effect.Mark;
import dev.railiance.effect.Prerequisite;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.Planning.Depth;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A chart is looked at also where nothing of a plan is shown. */
class ChartsTest {

    private static final String ID = "01900000-0000-7000-8000-000000000001";
    private static final Depth APPLIED = new Depth(false, false);
    private static final String SHOWN = "helm template shop-canary '/srv/my shop/chart' --values /srv/base.yaml"
            + " --namespace shop --kube-context 'the edge'"
            + " --set railiance.track=canary,railiance.workload=true"
            + " --set-string image.repository=shop,image.tag=v2,web.image.repository=shop,web.image.tag=v2";

    @Test
    void aChartThatHelmRefusesIsToldWithTheCommandThatShowsWhy() {
        Outcome<List<ClusterObject>> refused =
                Outcome.notDone(new Failure(Code.CHART_REFUSED, "helm template ended with exit code 1", ""));
        assertEquals(
                List.of(Prerequisite.unmet("chart for shop-canary", "helm template ended with exit code 1", SHOWN)),
                told(Track.CANARY, refused));
    }

    @Test
    void aChartOfWhichNothingWouldRunIsToldWhereTheAppIsToRun() {
        Outcome<List<ClusterObject>> idle = Outcome.done(List.of(object("ConfigMap"), object("Service")));
        assertEquals(
                List.of(Prerequisite.unmet(
                        "chart for shop-canary",
                        "nothing of the app would run: it makes no Deployment, StatefulSet or DaemonSet",
                        SHOWN)),
                told(Track.CANARY, idle));
        assertEquals(List.of(), told(Track.ROUTING, idle));
        assertEquals(List.of(), told(Track.CANARY, Outcome.done(List.of(object("ConfigMap"), object("StatefulSet")))));
    }

    private static List<Prerequisite> told(Track track, Outcome<List<ClusterObject>> rendered) {
        var deployer = (Deployer) Proxy.newProxyInstance(
                ChartsTest.class.getClassLoader(), new Class<?>[] {Deployer.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "render" -> rendered;
                        case "place" -> new CommandPlace(Optional.of("the edge"), "shop");
                        default -> throw new AssertionError("asked for " + method.getName());
                    };
                });
        var told = new ArrayList<Prerequisite>();
        assertEquals(Optional.empty(), new Charts(deployer, APPLIED, true).changes(deployment(track), told));
        return told;
    }

    private static Deployment deployment(Track track) {
        var attempt = new AttemptId(ID);
        return new Deployment(
                "shop-canary",
                track,
                "/srv/my shop/chart",
                List.of(Path.of("/srv/base.yaml")),
                new Mark(new PromotionId(ID), attempt, Digest.ofParts("artifact"), 0),
                attempt,
                Optional.of(new Image("shop", Optional.of("v2"), Optional.empty())),
                OptionalInt.empty(),
                Optional.of("web"),
                Duration.ofMinutes(1));
    }

    private static ClusterObject object(String kind) {
        return new ClusterObject(kind, "shop", Digest.ofParts(kind), new TreeMap<>());
    }
}
