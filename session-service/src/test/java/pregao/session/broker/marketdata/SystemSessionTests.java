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
 * Tests for {@link SystemSession} and {@link SystemAccount}.
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
        BrokerSession brokerSession = this.polarium.openSession();
        SystemSession session = new SystemSession("polarium", broker(new LoginResult.Open(brokerSession)),
                ACCOUNT.credentials());
        assertThat(this.logins).isZero();
        PolariumSimulatorExtension.await(TIMEOUT, "the session", () -> session.findOpenSession().block() != null);
        assertThat(session.findOpenSession().block()).isSameAs(brokerSession);
        assertThat(this.logins).isOne();
        PolariumSimulatorExtension.result(brokerSession.close().thenReturn(true));
        PolariumSimulatorExtension.await(TIMEOUT, "that it is gone", () -> session.findOpenSession().block() == null);
    }

    @Test
    void brokerThatSaysNoIsNotAskedAgainAtOnce() {
        for (LoginResult result : new LoginResult[] {
                new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS, "no", null),
                new LoginResult.Refused(LoginResult.Reason.TOO_MANY, "wait", Duration.ofMinutes(10)),
                new LoginResult.CodeRequired("sms", java.util.List.of("sms"),
                        new Credentials.Password(new Sensitive("prices"), new Sensitive("pw")),
                        new Sensitive("step")) }) {
            this.logins = 0;
            SystemSession session = new SystemSession("polarium", broker(result), ACCOUNT.credentials());
            for (int i = 0; i < 3; i++) {
                assertThat(session.findOpenSession().block()).isNull();
            }
            assertThat(this.logins).as(result.toString()).isOne();
        }
    }

    @Test
    void accountHasAPasswordOrAToken() {
        assertThat(new SystemAccount(null, null, new Sensitive("t")).credentials())
            .isEqualTo(new Credentials.Session(new Sensitive("t")));
        assertThatIllegalArgumentException().isThrownBy(() -> new SystemAccount(new Sensitive("x"), null, null));
        assertThat(ACCOUNT.toString()).doesNotContain("pw");
    }

    private Broker broker(LoginResult result) {
        return new Broker() {
            @Override
            public Mono<LoginResult> connect(Credentials credentials) {
                SystemSessionTests.this.logins++;
                return Mono.just(result);
            }

            @Override
            public Mono<LoginResult> submitCode(LoginResult.CodeRequired codeRequired, String code) {
                return Mono.error(new AssertionError("nobody has a code"));
            }
        };
    }

}
