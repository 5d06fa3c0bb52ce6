package dev.railiance.stage2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartOptionsTest {

    @Test
    void aShellTakesTheWordsAsTheyAre() {
        assertEquals(
                " '/srv/my shop/chart' --values /srv/base.yaml --values '/srv/a b.yaml'",
                ChartOptions.chart("/srv/my shop/chart", List.of(Path.of("/srv/base.yaml"), Path.of("/srv/a b.yaml"))));
    }

    @Test
    void anImageIsToldToTheChartAndToTheOneWithinIt() {
        assertEquals(
                " --set-string image.repository=shop,image.tag=RUNNING-TAG,image.digest='',"
                        + "web.image.repository=shop,web.image.tag=RUNNING-TAG,web.image.digest=''",
                ChartOptions.image(
                        Optional.of("shop"), Optional.of("RUNNING-TAG"), Optional.of(""), Optional.of("web")));
        assertEquals(
                " --set-string image.tag=v2",
                ChartOptions.image(Optional.empty(), Optional.of("v2"), Optional.empty(), Optional.empty()));
    }
}
