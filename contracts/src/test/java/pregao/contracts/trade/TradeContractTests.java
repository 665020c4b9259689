package pregao.contracts.trade;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.Instrument;

import static org.assertj.core.api.Assertions.assertThat;

class TradeContractTests {

    private static final TradeEvent FULL = new TradeEvent(UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003"), "paper",
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0004"), new Instrument("mt5", "EURUSD"), "buy",
            1398902760009L, 1398902760010L, new BigDecimal("1.38681"), new BigDecimal("1.38681"),
            new BigDecimal("0.015"), 2, new BigDecimal("0.3"), new BigDecimal("-12.5"), "stop", true, 4711);

    private static final TradeEvent MIN_COUNT = new TradeEvent(UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003"), "paper", null, new Instrument("mt5", "EURUSD"),
            "buy", 1398902760009L, 1398902760010L, null, null, new BigDecimal("0.015"), 0, new BigDecimal("0.3"),
            new BigDecimal("-12.5"), "stop", false, 4711);

    @Test
    void readsAndWritesAsEver() {
        assertThat(TradeCodec.decode(GoldenFiles.bytes("trade-full"))).isEqualTo(FULL);
        assertThat(TradeCodec.encode(FULL)).asHexString().isEqualTo(hex("trade-full"));
        assertThat(TradeCodec.decode(GoldenFiles.bytes("trade-least"))).isEqualTo(MIN_COUNT);
        assertThat(TradeCodec.encode(MIN_COUNT)).asHexString().isEqualTo(hex("trade-least"));
        assertThat(TradeCodec.decode(GoldenFiles.bytes("trade-newer"))).isEqualTo(FULL);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, TradeCodec::decode, TradeCodec::encode,
                List.of("trade-full", "trade-least", "trade-newer"));
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(golden));
    }

}
