package pregao.contracts.session;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionContractTests {

    private static final UUID ACCOUNT = UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001");

    private static final UUID USER = UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002");

    private static final BrokerSessionEvent SIGNED_OUT = new BrokerSessionEvent(ACCOUNT, USER, "polarium",
            BrokerSessionEventType.SIGNED_OUT, "the token is not good any more", 1_398_902_760_123L);

    private static final BrokerSessionEvent OPENED = new BrokerSessionEvent(ACCOUNT, USER, "polarium",
            BrokerSessionEventType.OPENED, "", 1_398_902_760_123L);

    private static final BrokerSessionEvent REMOVED = new BrokerSessionEvent(ACCOUNT, USER, "polarium",
            BrokerSessionEventType.ACCOUNT_REMOVED, "", 1_398_902_760_123L);

    @Test
    void tellsThatAnAccountOrAUserIsGone() {
        BrokerSessionEvent erased = BrokerSessionEvent.erased(USER, 1_398_902_760_123L);
        assertThat(BrokerSessionEventCodec.decode(GoldenFiles.bytes("session-user-erased"))).isEqualTo(erased);
        assertThat(BrokerSessionEventCodec.encode(erased)).asHexString().isEqualTo(hex("session-user-erased"));
        assertThat(BrokerSessionEventCodec.decode(GoldenFiles.bytes("session-account-removed"))).isEqualTo(REMOVED);
        assertThat(BrokerSessionEventCodec.encode(REMOVED)).asHexString().isEqualTo(hex("session-account-removed"));
    }

    @Test
    void refusesAnErasedUserWithAnAccount() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new BrokerSessionEvent(ACCOUNT, USER, "polarium", BrokerSessionEventType.USER_ERASED, "", 0));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new BrokerSessionEvent(null, USER, "polarium", BrokerSessionEventType.CLOSED, "", 0));
    }

    @Test
    void readsAndWritesAsEver() {
        assertThat(BrokerSessionEventCodec.decode(GoldenFiles.bytes("session-signed-out"))).isEqualTo(SIGNED_OUT);
        assertThat(BrokerSessionEventCodec.encode(SIGNED_OUT)).asHexString().isEqualTo(hex("session-signed-out"));
        assertThat(BrokerSessionEventCodec.decode(GoldenFiles.bytes("session-opened"))).isEqualTo(OPENED);
        assertThat(BrokerSessionEventCodec.encode(OPENED)).asHexString().isEqualTo(hex("session-opened"));
        assertThat(BrokerSessionEventCodec.decode(GoldenFiles.bytes("session-newer"))).isEqualTo(SIGNED_OUT);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_124, BrokerSessionEventCodec::decode, BrokerSessionEventCodec::encode,
                List.of("session-signed-out", "session-opened", "session-newer"));
    }

    @Test
    void refusesASessionAtNoBroker() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new BrokerSessionEvent(ACCOUNT, USER, " ", BrokerSessionEventType.OPENED, "", 0));
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(golden));
    }

}
