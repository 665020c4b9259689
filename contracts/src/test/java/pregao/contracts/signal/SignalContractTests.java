package pregao.contracts.signal;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.Instrument;

import static org.assertj.core.api.Assertions.assertThat;

class SignalContractTests {

    private static final SignalEvent FULL = new SignalEvent(UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002"), "bot",
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003"), new Instrument("mt5", "EURUSD"), "buy",
            1398902760008L, 1398902760009L, "RSI 38.5 is at or below 40",
            List.of(new SignalEvent.Input("rsi", "38.5"), new SignalEvent.Input("close", "1.38681")), 4711);

    private static final SignalEvent MIN_COUNT = new SignalEvent(
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002"), "bot",
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003"), new Instrument("mt5", "EURUSD"), "buy",
            1398902760008L, 1398902760009L, "", List.of(), 4711);

    @Test
    void readsAndWritesAsEver() {
        assertThat(SignalCodec.decode(GoldenFiles.bytes("signal-full"))).isEqualTo(FULL);
        assertThat(SignalCodec.encode(FULL)).asHexString().isEqualTo(hex("signal-full"));
        assertThat(SignalCodec.decode(GoldenFiles.bytes("signal-least"))).isEqualTo(MIN_COUNT);
        assertThat(SignalCodec.encode(MIN_COUNT)).asHexString().isEqualTo(hex("signal-least"));
        assertThat(SignalCodec.decode(GoldenFiles.bytes("signal-newer"))).isEqualTo(FULL);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, SignalCodec::decode, SignalCodec::encode,
                List.of("signal-full", "signal-least", "signal-newer"));
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(golden));
    }

}
