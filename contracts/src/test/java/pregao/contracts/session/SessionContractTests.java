package pregao.contracts.session;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.Golden;
import pregao.contracts.Noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionContractTests {

    private static final UUID ACCOUNT = UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001");

    private static final UUID USER = UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002");

    private static final SessionEvent SIGNED_OUT = new SessionEvent(ACCOUNT, USER, "polarium", SessionChange.SIGNED_OUT,
            "the token is not good any more", 1_398_902_760_123L);

    private static final SessionEvent OPENED = new SessionEvent(ACCOUNT, USER, "polarium", SessionChange.OPENED, "",
            1_398_902_760_123L);

    private static final SessionEvent REMOVED = new SessionEvent(ACCOUNT, USER, "polarium",
            SessionChange.ACCOUNT_REMOVED, "", 1_398_902_760_123L);

    @Test
    void tellsThatAnAccountOrAUserIsGone() {
        SessionEvent erased = SessionEvent.erased(USER, 1_398_902_760_123L);
        assertThat(SessionCodec.decode(Golden.bytes("session-user-erased"))).isEqualTo(erased);
        assertThat(SessionCodec.encode(erased)).asHexString().isEqualTo(hex("session-user-erased"));
        assertThat(SessionCodec.decode(Golden.bytes("session-account-removed"))).isEqualTo(REMOVED);
        assertThat(SessionCodec.encode(REMOVED)).asHexString().isEqualTo(hex("session-account-removed"));
    }

    @Test
    void refusesAnErasedUserWithAnAccount() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new SessionEvent(ACCOUNT, USER, "polarium", SessionChange.USER_ERASED, "", 0));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new SessionEvent(null, USER, "polarium", SessionChange.CLOSED, "", 0));
    }

    @Test
    void readsAndWritesAsEver() {
        assertThat(SessionCodec.decode(Golden.bytes("session-signed-out"))).isEqualTo(SIGNED_OUT);
        assertThat(SessionCodec.encode(SIGNED_OUT)).asHexString().isEqualTo(hex("session-signed-out"));
        assertThat(SessionCodec.decode(Golden.bytes("session-opened"))).isEqualTo(OPENED);
        assertThat(SessionCodec.encode(OPENED)).asHexString().isEqualTo(hex("session-opened"));
        assertThat(SessionCodec.decode(Golden.bytes("session-newer"))).isEqualTo(SIGNED_OUT);
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        Noise.refusedOrDecoded(20_261_124, SessionCodec::decode, SessionCodec::encode,
                List.of("session-signed-out", "session-opened", "session-newer"));
    }

    @Test
    void refusesASessionAtNoBroker() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new SessionEvent(ACCOUNT, USER, " ", SessionChange.OPENED, "", 0));
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(Golden.bytes(golden));
    }

}
