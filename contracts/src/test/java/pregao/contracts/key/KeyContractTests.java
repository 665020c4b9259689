package pregao.contracts.key;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;

import static org.assertj.core.api.Assertions.assertThat;

class KeyContractTests {

    private static final ApiKey KEY = new ApiKey(ApiKey.hash("abc"), "6f2f", "mt5", Set.of(Scope.READ, Scope.INGEST),
            false);

    private static final ApiKey REVOKED = new ApiKey(ApiKey.hash("abc"), "6f2f", "mt5", Set.of(), true);

    @ParameterizedTest
    @ValueSource(strings = { "key-two-scopes", "key-newer" })
    void readsOlderAndNewerWriters(String golden) {
        assertThat(KeyCodec.decode(GoldenFiles.bytes(golden))).isEqualTo(KEY);
    }

    @Test
    void readsAndWritesAsEver() {
        assertThat(KeyCodec.decode(GoldenFiles.bytes("key-revoked"))).isEqualTo(REVOKED);
        assertThat(KeyCodec.encode(REVOKED)).asHexString().isEqualTo(hex("key-revoked"));
        assertThat(KeyCodec.encode(KEY)).asHexString().isEqualTo(hex("key-two-scopes"));
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, KeyCodec::decode, KeyCodec::encode,
                List.of("key-two-scopes", "key-revoked", "key-newer"));
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(golden));
    }

}
