package pregao.indicators.instruments;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InstrumentSeries}.
 */
class InstrumentSeriesTests {

    private static final Instant NINE = Instant.parse("2025-10-20T09:00:00Z");

    private static final Instant TEN = Instant.parse("2025-10-20T10:00:00Z");

    @Test
    void putsTheTimeframesOfAnInstrumentTogether() {
        Instrument euro = new Instrument("mt5", "EURUSD");
        Instrument yen = new Instrument("mt5", "USDJPY");
        assertThat(InstrumentSeries.groupByInstrument(List.of(new InstrumentSeries(euro, Timeframe.H1, NINE, NINE),
                new InstrumentSeries(euro, Timeframe.M1, NINE.plusSeconds(60), TEN),
                new InstrumentSeries(yen, Timeframe.D1, TEN, TEN))))
            .containsExactly(new InstrumentResponse("mt5", "EURUSD", List.of("M1", "H1"), NINE, TEN),
                    new InstrumentResponse("mt5", "USDJPY", List.of("D1"), TEN, TEN));
    }

}
