package pregao.contracts.backfill;

import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackfillContractTests {

    private static final Instrument INSTRUMENT = new Instrument("polarium", "EURUSD-OTC");

    private static final BackfillRequest WISH = new BackfillRequest(INSTRUMENT, Timeframe.M1, 1_398_902_400_000L,
            1_398_902_700_000L, 1_398_902_760_123L);

    @Test
    void readsAndWritesAsEver() {
        assertThat(BackfillCodec.decode(GoldenFiles.bytes("backfill-wish"))).isEqualTo(WISH);
        assertThat(BackfillCodec.encode(WISH)).asHexString()
            .isEqualTo(HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes("backfill-wish")));
        assertThat(BackfillCodec.decode(GoldenFiles.bytes("backfill-newer"))).isEqualTo(WISH);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_123, BackfillCodec::decode, BackfillCodec::encode,
                List.of("backfill-wish", "backfill-newer"));
    }

    @ParameterizedTest
    @CsvSource({ "60001, 120000", "60000, 120001", "120000, 120000", "120000, 60000" })
    void refusesWhatIsNoRangeOfCandles(long from, long to) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new BackfillRequest(INSTRUMENT, Timeframe.M1, from, to, 0))
            .withMessageContaining("one start of M1");
    }

}
