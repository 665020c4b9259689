package pregao.strategy.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;

import static org.assertj.core.api.Assertions.assertThat;

class LastPricePublisherTests {

    private static final Instant MINUTE = Instant.parse("2026-11-20T10:00:00Z");

    private final LastPricePublisher publisher = NoOpPricePublisher.create();

    @Test
    void keepsTheMinuteWhereItsRollUpsFollowAtOnce() {
        publishCandle(Timeframe.M1, MINUTE, "1.1");
        publishCandle(Timeframe.M5, MINUTE, "1.2");
        publishCandle(Timeframe.M15, MINUTE, "1.2");
        publishCandle(Timeframe.D1, Instant.parse("2026-11-20T00:00:00Z"), "1.2");
        assertThat(this.publisher.drainChangedPrices()).extractingByKeys("prices:EURUSD", "prices:mt5:EURUSD")
            .allSatisfy((message) -> assertThat(message).extracting("price", "minute").containsExactly("1.1", MINUTE));
    }

    @Test
    void keepsTheLastMinuteOfFiveThatComeTogetherInAnyOrder() {
        for (int minute : new int[] { 0, 1, 4, 2, 3 }) {
            publishCandle(Timeframe.M1, MINUTE.plusSeconds(60L * minute), "1.0" + minute);
            publishCandle(Timeframe.M5, MINUTE, "1.9");
        }
        assertThat(price()).isEqualTo("1.04");
    }

    @Test
    void takesANewerVersionOfTheMinuteAndNoOlderMinute() {
        publishCandle(Timeframe.M1, MINUTE, "1.1");
        assertThat(price()).isEqualTo("1.1");
        publishCandle(Timeframe.M1, MINUTE, "1.2");
        assertThat(price()).isEqualTo("1.2");
        publishCandle(Timeframe.M1, MINUTE.minusSeconds(60), "1.3");
        assertThat(price()).isNull();
    }

    @Test
    void ignoresWhatIsNoCandle() {
        this.publisher.onCandleRecord("mt5|EURUSD", new byte[] { 1, 2, 3 });
        this.publisher.onCandleRecord("mt5|EURUSD", null);
        assertThat(this.publisher.drainChangedPrices()).isEmpty();
        publishCandle(Timeframe.M1, MINUTE, "1.1");
        this.publisher.onCandleRecord("mt5|EURUSD", new byte[] { 1, 2, 3 });
        assertThat(price()).isEqualTo("1.1");
    }

    private @Nullable String price() {
        Map<String, LastPricePublisher.LastPriceMessage> prices = this.publisher.drainChangedPrices();
        LastPricePublisher.LastPriceMessage message = prices.get("prices:EURUSD");
        return (message != null) ? message.price() : null;
    }

    private void publishCandle(Timeframe timeframe, Instant minute, String close) {
        long price = Prices.of(new BigDecimal(close));
        Candle candle = new Candle(new Instrument("mt5", "EURUSD"), timeframe, minute.toEpochMilli(), price, price,
                price, price, BigDecimal.ONE, null, CandleSource.GIVEN, true, 1);
        this.publisher.onCandleRecord("mt5|EURUSD", CandleCodec.encode(new CandleEvent(candle, 0, 0)));
    }

}
