package pregao.session.broker.marketdata;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.Broker;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.Sensitive;
import pregao.session.broker.polarium.PolariumSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link SystemSession} and {@link SystemAccount}.
 */
class SystemSessionTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final SystemAccount ACCOUNT = new SystemAccount(new Sensitive("prices"), new Sensitive("pw"), null);

    private final PolariumSimulatorExtension polarium = new PolariumSimulatorExtension();

    private int logins;

    @AfterEach
    void close() {
        this.polarium.close();
    }

    @Test
    void isOpenedOnceWhenItIsAskedFor() {
        BrokerSession theirs = this.polarium.openSession();
        SystemSession session = new SystemSession("polarium", broker(new LoginResult.Open(theirs)),
                ACCOUNT.credentials());
        assertThat(this.logins).isZero();
        PolariumSimulatorExtension.await(TIMEOUT, "the session", () -> session.present().block() != null);
        assertThat(session.present().block()).isSameAs(theirs);
        assertThat(this.logins).isOne();
        PolariumSimulatorExtension.result(theirs.close().thenReturn(true));
        PolariumSimulatorExtension.await(TIMEOUT, "that it is gone", () -> session.present().block() == null);
    }

    @Test
    void brokerThatSaysNoIsNotAskedAgainAtOnce() {
        for (LoginResult no : new LoginResult[] {
                new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS, "no", null),
                new LoginResult.Refused(LoginResult.Reason.TOO_MANY, "wait", Duration.ofMinutes(10)),
                new LoginResult.CodeRequired("sms", java.util.List.of("sms"),
                        new Credentials.Password(new Sensitive("prices"), new Sensitive("pw")),
                        new Sensitive("step")) }) {
            this.logins = 0;
            SystemSession session = new SystemSession("polarium", broker(no), ACCOUNT.credentials());
            for (int i = 0; i < 3; i++) {
                assertThat(session.present().block()).isNull();
            }
            assertThat(this.logins).as(no.toString()).isOne();
        }
    }

    @Test
    void accountHasAPasswordOrAToken() {
        assertThat(new SystemAccount(null, null, new Sensitive("t")).credentials())
            .isEqualTo(new Credentials.Session(new Sensitive("t")));
        assertThatIllegalArgumentException().isThrownBy(() -> new SystemAccount(new Sensitive("x"), null, null));
        assertThat(ACCOUNT.toString()).doesNotContain("pw");
    }

    private Broker broker(LoginResult answer) {
        return new Broker() {
            @Override
            public Mono<LoginResult> connect(Credentials credentials) {
                SystemSessionTests.this.logins++;
                return Mono.just(answer);
            }

            @Override
            public Mono<LoginResult> submitCode(LoginResult.CodeRequired wanted, String code) {
                return Mono.error(new AssertionError("nobody has a code"));
            }
        };
    }

}
