package pregao.contracts.order;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.Instrument;

import static org.assertj.core.api.Assertions.assertThat;

class OrderContractTests {

    private static final OrderEvent FULL = new OrderEvent(UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003"), "paper",
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0004"), new Instrument("mt5", "EURUSD"), "buy",
            new BigDecimal("0.015"), 2, "filled", "RSI 38.5 is at or below 40", new BigDecimal("1.38681"),
            new BigDecimal("1.38681"), 1398902760015L, 4711);

    private static final OrderEvent MIN_COUNT = new OrderEvent(UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003"), "paper", null, new Instrument("mt5", "EURUSD"),
            "buy", new BigDecimal("0.015"), 0, "filled", "", null, null, 1398902760015L, 4711);

    @Test
    void readsAndWritesAsEver() {
        assertThat(OrderCodec.decode(GoldenFiles.bytes("order-full"))).isEqualTo(FULL);
        assertThat(OrderCodec.encode(FULL)).asHexString().isEqualTo(hex("order-full"));
        assertThat(OrderCodec.decode(GoldenFiles.bytes("order-least"))).isEqualTo(MIN_COUNT);
        assertThat(OrderCodec.encode(MIN_COUNT)).asHexString().isEqualTo(hex("order-least"));
        assertThat(OrderCodec.decode(GoldenFiles.bytes("order-newer"))).isEqualTo(FULL);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, OrderCodec::decode, OrderCodec::encode,
                List.of("order-full", "order-least", "order-newer"));
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(golden));
    }

}
