package pregao.session.broker.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.session.broker.api.BrokerCandle;
import pregao.testsupport.BlockHoundSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link IngestClient} and {@link IngestResponseMapper}.
 */
class IngestClientTests {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    private static final String SYMBOL = "EURUSD-OTC";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final FakeIngest ingest = new FakeIngest();

    private final IngestClient client = this.ingest.createClient();

    @AfterEach
    void close() {
        this.ingest.close();
    }

    @Test
    void sendsCandlesExactly() {
        assertThat(this.client.send(FakeIngest.KEY, candles(3)).block(TIMEOUT)).isEqualTo(new IngestResult(3, 0, ""));
        assertThat(this.ingest.finalCandles(SYMBOL)).containsOnlyKeys(0L, 60L, 120L);
        assertThat(this.ingest.finalCandles(SYMBOL).firstEntry().getValue().toString())
            .isEqualTo("{\"symbol\":\"EURUSD-OTC\",\"timeframe\":\"M1\",\"ts\":\"1970-01-01T00:00:00Z\","
                    + "\"open\":\"1\",\"high\":\"1.00000002\",\"low\":\"0.99999999\",\"close\":\"1.00000001\","
                    + "\"volume\":7,\"final\":true}");
    }

    @Test
    void cutsWhatIsTooLargeInHalves() {
        this.ingest.setMaxCandles(30);
        assertThat(this.client.send(FakeIngest.KEY, candles(100)).block(TIMEOUT))
            .isEqualTo(new IngestResult(100, 0, ""));
        assertThat(this.ingest.finalCandles(SYMBOL)).hasSize(100);
        assertThat(this.ingest.requestSizes()).containsExactly(25, 25, 25, 25);
    }

    @Test
    void saysThatIngestIsAway() {
        this.ingest.respondWith(503);
        assertUnavailable(FakeIngest.KEY);
        assertUnavailable(FakeIngest.UNKNOWN_KEY);
        this.ingest.stop();
        assertUnavailable(FakeIngest.KEY);
    }

    private void assertUnavailable(String key) {
        assertThatThrownBy(() -> this.client.send(key, candles(1)).block(TIMEOUT))
            .isInstanceOf(IngestUnavailableException.class);
    }

    @Test
    void triesAgainUntilItIsTaken() {
        this.ingest.respondWith(503, 429, 500);
        assertThat(this.client.send(FakeIngest.KEY, candles(1))
            .retryWhen(RetrySpecs.unlimited(IngestUnavailableException.class::isInstance))
            .block(TIMEOUT)).isEqualTo(new IngestResult(1, 0, ""));
    }

    @Test
    void knowsWhereToGoOn() {
        assertThat(this.client.fetchCursor(FakeIngest.KEY, SYMBOL, Timeframe.M1).block(TIMEOUT)).isEmpty();
        this.client.send(FakeIngest.KEY, candles(2)).block(TIMEOUT);
        assertThat(this.client.fetchCursor(FakeIngest.KEY, SYMBOL, Timeframe.M1).block(TIMEOUT))
            .isEqualTo(Optional.of(Instant.ofEpochSecond(120)));
    }

    @Test
    void countsWhatNobodyWants() {
        String body = """
                {"received":3,"rejected":1,"details":[{"symbol":"X","ts_original":"T","status":"rejected",
                "reason":"quarantined"}]}""";
        assertThat(toResult(200, body)).isEqualTo(new IngestResult(2, 1, "X T: quarantined"));
        assertThat(toResult(422, body.replace("\"rejected\":1", "\"rejected\":3")))
            .isEqualTo(new IngestResult(0, 3, "X T: quarantined"));
        assertThat(toResult(400, "{\"detail\":\"not JSON\"}")).isEqualTo(new IngestResult(0, 3, "400 not JSON"));
        assertThat(IngestResponseMapper.parseRetryAfter("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(IngestResponseMapper.parseRetryAfter("9999")).isEqualTo(Duration.ofMinutes(1));
        assertThat(IngestResponseMapper.parseRetryAfter("soon")).isZero();
    }

    private static IngestResult toResult(int status, String body) {
        return IngestResponseMapper.toResult(status, JsonMapper.shared().readTree(body), 3);
    }

    private static List<CandlePayload> candles(int count) {
        return LongStream.range(0, count)
            .mapToObj((index) -> new BrokerCandle(index, index * 60, 60, Prices.ONE, Prices.ONE + 2, Prices.ONE - 1,
                    Prices.ONE + 1, 7))
            .map((candle) -> new CandlePayload(SYMBOL, Timeframe.M1, candle, true))
            .toList();
    }

}
