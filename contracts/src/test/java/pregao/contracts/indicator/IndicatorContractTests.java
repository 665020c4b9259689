package pregao.contracts.indicator;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IndicatorContractTests {

    private static final Candle CANDLE = new Candle(new Instrument("mt5", "EURUSD"), Timeframe.M1, 1_398_902_400_000L,
            138_681_000, 138_685_500, 138_674_500, 138_679_000, BigDecimal.valueOf(42), Spread.ofPrice(10_333),
            CandleSource.TICKS, true, 2);

    private static final IndicatorEvent NONE = new IndicatorEvent(CANDLE, IndicatorConvention.PLAIN,
            IndicatorValues.NONE);

    static final List<Sample> SAMPLES = List.of(
            new Sample("indicator-all",
                    new IndicatorEvent(CANDLE, IndicatorConvention.MT5,
                            new IndicatorValues(71.42857142857143, 0.00012, -0.5, 0, 0.3, 1.39, 1.385, 1.38))),
            new Sample("indicator-none", NONE),
            new Sample("indicator-withdrawn", new IndicatorEvent(CANDLE.withFinality(false), IndicatorConvention.PLAIN,
                    IndicatorValues.NONE, true)));

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void readsAndWritesAsEver(Sample sample) {
        assertThat(IndicatorCodec.decode(GoldenFiles.bytes(sample.golden))).isEqualTo(sample.event);
        assertThat(IndicatorCodec.encode(sample.event)).asHexString()
            .isEqualTo(HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(sample.golden)));
    }

    @Test
    void readsNewerWriters() {
        assertThat(IndicatorCodec.decode(GoldenFiles.bytes("indicator-newer"))).isEqualTo(NONE);
    }

    @ParameterizedTest
    @EnumSource
    void carriesEveryConvention(IndicatorConvention convention) {
        IndicatorEvent event = new IndicatorEvent(CANDLE, convention, IndicatorValues.NONE);

        assertThat(IndicatorCodec.decode(IndicatorCodec.encode(event))).isEqualTo(event);
        assertThat(IndicatorConvention.named(convention.text())).contains(convention);
        assertThat(IndicatorConvention.named(convention.name())).isEmpty();
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_122, IndicatorCodec::decode, IndicatorCodec::encode,
                List.of("indicator-all", "indicator-none", "indicator-newer"));
    }

    @Test
    void neverHoldsAnInfiniteNumber() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new IndicatorValues(1, Double.POSITIVE_INFINITY, 1, 1, 1, 1, 1, 1))
            .withMessageContaining("infinite");
    }

    /**
     * A golden file and what it means.
     */
    record Sample(String golden, IndicatorEvent event) {
    }

}
