package pregao.contracts.candle;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CandleContractTests {

    private static final long TIME = 1_398_902_400_000L;

    private static final CandleEvent ROLLUP = CandleEvent
        .of(candle(Timeframe.H4, -14_400_000, "0", null, CandleSource.ROLLUP, false, 0));

    static final List<Sample> SAMPLES = List.of(
            new Sample("candle-final",
                    CandleEvent
                        .of(candle(Timeframe.M1, TIME, "42", Spread.ofPrice(10_333), CandleSource.TICKS, true, 2))),
            new Sample("candle-forming",
                    new CandleEvent(candle(Timeframe.M1, TIME, "42", Spread.ofPrice(0), CandleSource.TICKS, false, 0),
                            138_674_000, 138_684_000)),
            new Sample("candle-given",
                    CandleEvent.of(candle(Timeframe.D1, TIME, "1234.50", Spread.ofPoints(1_200_000_000),
                            CandleSource.GIVEN, true, 1))),
            new Sample("candle-rollup", ROLLUP), new Sample("candle-withdrawn",
                    CandleEvent.withdrawn(candle(Timeframe.M1, TIME, "42", null, CandleSource.GIVEN, true, 2))));

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void readsAndWritesAsEver(Sample sample) {
        assertThat(CandleCodec.decode(GoldenFiles.bytes(sample.golden))).isEqualTo(sample.event);
        assertThat(CandleCodec.encode(sample.event)).asHexString()
            .isEqualTo(HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(sample.golden)));
    }

    @Test
    void readsNewerWriters() {
        assertThat(CandleCodec.decode(GoldenFiles.bytes("candle-newer"))).isEqualTo(ROLLUP);
    }

    @Test
    void refusesAWithdrawnCandleThatIsFinal() {
        Candle last = candle(Timeframe.M1, TIME, "42", null, CandleSource.GIVEN, true, 2);

        assertThatIllegalArgumentException().isThrownBy(() -> new CandleEvent(last, 0, 0, true));
        assertThat(CandleEvent.withdrawn(last).candle().isFinal()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void carriesEveryTimeframe(Timeframe timeframe) {
        CandleEvent event = CandleEvent.of(candle(timeframe, 0, "1", null, CandleSource.GIVEN, false, 0));

        assertThat(CandleCodec.decode(CandleCodec.encode(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource
    void carriesEveryUnitOfASpread(Spread.Unit unit) {
        CandleEvent event = CandleEvent
            .of(candle(Timeframe.M1, 0, "1", new Spread(200_000_000, unit), CandleSource.GIVEN, false, 0));

        assertThat(CandleCodec.decode(CandleCodec.encode(event))).isEqualTo(event);
        assertThat(Spread.Unit.of(unit.text())).isEqualTo(unit);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, CandleCodec::decode, CandleCodec::encode,
                List.of("candle-final", "candle-forming", "candle-given", "candle-rollup", "candle-newer"));
    }

    @Test
    void refusesAMessageThatSaysNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> CandleCodec.decode(new byte[0]));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> CandleCodec
                .decode(CandleMessage.newBuilder().setFeed("mt5").setSymbol("A").build().toByteArray()))
            .withMessageContaining("timeframe");
    }

    @ParameterizedTest
    @ValueSource(strings = { "given", "ticks", "rollup" })
    void namesSourcesAsTheDatabaseDoes(String text) {
        assertThat(CandleSource.of(text).text()).isEqualTo(text);
        assertThatIllegalArgumentException().isThrownBy(() -> CandleSource.of(text + "s "));
    }

    private static Candle candle(Timeframe timeframe, long openTime, String volume, @Nullable Spread spread,
            CandleSource source, boolean complete, int revision) {
        return new Candle(new Instrument("mt5", "EURUSD"), timeframe, openTime, 138_681_000, 138_685_500, 138_674_500,
                138_679_000, new BigDecimal(volume), spread, source, complete, revision);
    }

    /**
     * A golden file and what it means.
     */
    record Sample(String golden, CandleEvent event) {
    }

}
