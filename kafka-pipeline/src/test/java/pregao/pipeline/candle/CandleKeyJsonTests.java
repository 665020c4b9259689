package pregao.pipeline.candle;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CandleKeyJson}.
 */
class CandleKeyJsonTests {

    @Test
    void readsWhatItWrites() {
        Candle minute = candle("EUR/USD#1", Timeframe.M1, 60_000);
        Candle day = candle("EURUSD", Timeframe.D1, -86_400_000);
        assertThat(CandleKeyJson.read(CandleKeyJson.write(List.of(minute, day)))).containsExactly(CandleKey.of(minute),
                CandleKey.of(day));
        assertThat(CandleKeyJson.read(CandleKeyJson.write(List.of()))).isEmpty();
    }

    @Test
    void writesPlainJson() {
        assertThat(CandleKeyJson.write(List.of(candle("EURUSD", Timeframe.M1, 60_000))))
            .isEqualTo("[[\"mt5|EURUSD\",\"M1\",60000]]");
    }

    private static Candle candle(String symbol, Timeframe timeframe, long openTime) {
        return new Candle(new Instrument("mt5", symbol), timeframe, openTime, 1, 1, 1, 1, BigDecimal.ONE, null,
                CandleSource.TICKS, true, 0);
    }

}
