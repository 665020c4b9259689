package pregao.strategy.catalog.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.w3c.dom.Document;

import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.strategy.catalog.CandleRows;
import pregao.strategy.catalog.TestCallers;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of charts. The images are kept in {@code target} for inspection.
 */
class ChartTests {

    private static final TestTokenIssuer TOKEN_ISSUER = new TestTokenIssuer();

    private static final ServiceUnderTest SERVICE = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
            TOKEN_ISSUER.url(), "--pregao.strategy.chart.per-minute=6");

    private final TestCallers caller = new TestCallers(SERVICE, TOKEN_ISSUER, UUID.randomUUID());

    @AfterAll
    static void stop() {
        SERVICE.close();
        TOKEN_ISSUER.stop();
    }

    /** Creates an analysis of a random walk with real prices instead of colors only. */
    private String createAnalysis(String feed) {
        CandleRows.markAsReplay(feed);
        CandleRows.put(feed, "EURUSD-OTC", CandleRows.TEN_OCLOCK, CandleRows.randomLetters(new Random(8), 520, 0.04));
        StrategyDatabase.shared().market().execute("""
                update market.candle c set open = w.o, close = w.c, high = greatest(w.o, w.c) + 0.0001,
                  low = least(w.o, w.c) - 0.0001
                from (select ts, 1.1 + sum(s) over (order by ts) - s o, 1.1 + sum(s) over (order by ts) c
                  from (select ts, case when close > 1.1 then 0.0002 when close < 1.1 then -0.0002 else 0 end s
                    from market.candle where feed = '%1$s') x) w
                where c.feed = '%1$s' and c.ts = w.ts""".formatted(feed));
        return this.caller.analyze("{\"feed\": \"%s\"}".formatted(feed)).get("id").asString();
    }

    private EntityExchangeResult<byte[]> getChart(String id, String feed, String formatAndQuery, String... headers) {
        return this.caller.call(HttpMethod.GET,
                "/api/catalog/%s/chart.%s&symbol=EURUSD-OTC&feed=%s".formatted(id, formatAndQuery, feed), "", headers)
            .expectBody()
            .returnResult();
    }

    @Test
    void rendersRequestedSizes() throws Exception {
        String id = createAnalysis("pictures");
        for (String size : new String[] { "width=360&height=300", "width=1280&height=600" }) {
            EntityExchangeResult<byte[]> png = getChart(id, "pictures", "png?" + size);
            assertThat(png.getResponseHeaders().getFirst("Content-Type")).isEqualTo("image/png");
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bodyOf(png)));
            assertThat("width=%d&height=%d".formatted(image.getWidth(), image.getHeight())).isEqualTo(size);
            writeChart(size.replaceAll("\\D+", "-") + ".png", bodyOf(png));
        }
        EntityExchangeResult<byte[]> svg = getChart(id, "pictures", "svg?width=800&height=400");
        assertThat(svg.getResponseHeaders().getFirst("Content-Type")).isEqualTo("image/svg+xml");
        writeChart("chart.svg", bodyOf(svg));
        Document document = DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(bodyOf(svg)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo("800");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
            .isEqualTo("EURUSD-OTC  M1  Minoria, UTC");
        assertThat(document.getDoctype()).as("nothing to be fetched").isNull();
    }

    @Test
    void answersNotModifiedForSameEtag() {
        String id = createAnalysis("tagged");
        String etag = Objects.requireNonNull(getChart(id, "tagged", "png?width=300").getResponseHeaders().getETag());
        assertThat(getChart(id, "tagged", "png?width=300", "If-None-Match", etag).getStatus().value()).isEqualTo(304);
        CandleRows.put("tagged", "EURUSD-OTC", CandleRows.TEN_OCLOCK.plusSeconds(60 * 515), "D");
        EntityExchangeResult<byte[]> changed = getChart(id, "tagged", "png?width=300", "If-None-Match", etag);
        assertThat(changed.getStatus().value()).isEqualTo(200);
        assertThat(changed.getResponseHeaders().getETag()).isNotEqualTo(etag);
    }

    @Test
    void limitsRenderingPerUser() {
        String id = createAnalysis("limited");
        for (int i = 0; i < 6; i++) {
            assertThat(getChart(id, "limited", "png?width=%d".formatted(300 + i)).getStatus().value()).isEqualTo(200);
        }
        EntityExchangeResult<byte[]> seventh = getChart(id, "limited", "png?width=400");
        assertThat(seventh.getStatus().value()).isEqualTo(429);
        assertThat(Integer.parseInt(Objects.requireNonNull(seventh.getResponseHeaders().getFirst("Retry-After"))))
            .isBetween(1, 10);
        assertThat(getChart(id, "limited", "png?width=300").getStatus().value()).as("drawn before").isEqualTo(200);
    }

    @Test
    void rendersChartWithoutCandles() {
        CandleRows.markAsReplay("nobodys");
        String id = this.caller.analyze("{\"feed\": \"nobodys\", \"symbols\": [\"EURUSD-OTC\"]}").get("id").asString();
        assertThat(getChart(id, "nobodys", "png?width=300").getStatus().value()).isEqualTo(200);
        assertThat(getChart(id, "nobodys", "svg?width=300").getStatus().value()).isEqualTo(200);
    }

    private static byte[] bodyOf(EntityExchangeResult<byte[]> response) {
        return Objects.requireNonNull(response.getResponseBody());
    }

    private static void writeChart(String name, byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(Path.of("target", "charts")).resolve(name), bytes);
    }

}
