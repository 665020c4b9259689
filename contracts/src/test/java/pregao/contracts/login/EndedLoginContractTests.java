package pregao.contracts.login;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EndedLoginContractTests {

    private static final LoginRevocation LOGIN = new LoginRevocation("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002",
            Instant.parse("2025-01-01T00:00:00.123Z"));

    @ParameterizedTest
    @ValueSource(strings = { "login-ended", "login-newer" })
    void readsOlderAndNewerWriters(String golden) {
        assertThat(LoginRevocationCodec.decode(GoldenFiles.bytes(golden))).isEqualTo(LOGIN);
    }

    @Test
    void writesAsEver() {
        assertThat(LoginRevocationCodec.encode(LOGIN)).asHexString()
            .isEqualToIgnoringCase(HexFormat.of().formatHex(GoldenFiles.bytes("login-ended")));
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, LoginRevocationCodec::decode, LoginRevocationCodec::encode,
                List.of("login-ended", "login-newer"));
        assertThatIllegalArgumentException().isThrownBy(() -> new LoginRevocation(" ", Instant.EPOCH));
    }

}
