package pregao.contracts.execution;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.order.OrderStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ExecutionReportContractTests {

    private static final ExecutionReport REPORT = new ExecutionReport(
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"),
            UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0003"), OrderStatus.WORKING,
            "{\"state\":\"placed\",\"broker_id\":7}", 1398902760015L);

    @Test
    void readsAndWritesAsEver() {
        assertThat(ExecutionReportCodec.decode(GoldenFiles.bytes("execution-working"))).isEqualTo(REPORT);
        assertThat(ExecutionReportCodec.encode(REPORT)).asHexString()
            .isEqualToIgnoringCase(HexFormat.of().formatHex(GoldenFiles.bytes("execution-working")));
        assertThat(ExecutionReportCodec.decode(GoldenFiles.bytes("execution-newer"))).isEqualTo(REPORT);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_130, ExecutionReportCodec::decode, ExecutionReportCodec::encode,
                List.of("execution-working", "execution-newer"));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new ExecutionReport(REPORT.order(), REPORT.account(), OrderStatus.SENT, " ", 1));
    }

}
