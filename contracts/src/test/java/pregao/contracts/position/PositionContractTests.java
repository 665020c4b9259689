package pregao.contracts.position;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.Instrument;

import static org.assertj.core.api.Assertions.assertThat;

class PositionContractTests {

    private static final PositionEvent FULL = new PositionEvent(UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002"), "paper",
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003"), new Instrument("mt5", "EURUSD"), "buy",
            1398902760008L, new BigDecimal("0.015"), new BigDecimal("1.38681"), new BigDecimal("1.38681"),
            new BigDecimal("1.38681"), 1398902760013L, 4711);

    private static final PositionEvent MIN_COUNT = new PositionEvent(
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002"), "paper", null, new Instrument("mt5", "EURUSD"),
            "buy", 1398902760008L, new BigDecimal("0.015"), null, null, null, 1398902760013L, 4711);

    @Test
    void readsAndWritesAsEver() {
        assertThat(PositionCodec.decode(GoldenFiles.bytes("position-full"))).isEqualTo(FULL);
        assertThat(PositionCodec.encode(FULL)).asHexString().isEqualTo(hex("position-full"));
        assertThat(PositionCodec.decode(GoldenFiles.bytes("position-least"))).isEqualTo(MIN_COUNT);
        assertThat(PositionCodec.encode(MIN_COUNT)).asHexString().isEqualTo(hex("position-least"));
        assertThat(PositionCodec.decode(GoldenFiles.bytes("position-newer"))).isEqualTo(FULL);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, PositionCodec::decode, PositionCodec::encode,
                List.of("position-full", "position-least", "position-newer"));
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(golden));
    }

}
