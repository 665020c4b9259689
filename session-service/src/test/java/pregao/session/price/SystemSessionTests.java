package pregao.session.price;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import pregao.session.broker.Broker;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.Credentials;
import pregao.session.broker.Login;
import pregao.session.broker.Secret;
import pregao.session.polarium.Simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link SystemSession} and {@link SystemAccount}.
 */
class SystemSessionTests {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final SystemAccount ACCOUNT = new SystemAccount(new Secret("prices"), new Secret("pw"), null);

    private final Simulated polarium = new Simulated();

    private int logins;

    @AfterEach
    void close() {
        this.polarium.close();
    }

    @Test
    void isOpenedOnceWhenItIsAskedFor() {
        BrokerSession theirs = this.polarium.session();
        SystemSession session = new SystemSession("polarium", broker(new Login.Open(theirs)), ACCOUNT.credentials());
        assertThat(this.logins).isZero();
        Simulated.await(BOUND, "the session", () -> session.present().block() != null);
        assertThat(session.present().block()).isSameAs(theirs);
        assertThat(this.logins).isOne();
        Simulated.result(theirs.close().thenReturn(true));
        Simulated.await(BOUND, "that it is gone", () -> session.present().block() == null);
    }

    @Test
    void brokerThatSaysNoIsNotAskedAgainAtOnce() {
        for (Login no : new Login[] { new Login.Refused(Login.Why.WRONG_CREDENTIALS, "no", null),
                new Login.Refused(Login.Why.TOO_MANY, "wait", Duration.ofMinutes(10)),
                new Login.CodeWanted("sms", java.util.List.of("sms"),
                        new Credentials.Password(new Secret("prices"), new Secret("pw")), new Secret("step")) }) {
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
        assertThat(new SystemAccount(null, null, new Secret("t")).credentials())
            .isEqualTo(new Credentials.Session(new Secret("t")));
        assertThatIllegalArgumentException().isThrownBy(() -> new SystemAccount(new Secret("x"), null, null));
        assertThat(ACCOUNT.toString()).doesNotContain("pw");
    }

    private Broker broker(Login answer) {
        return new Broker() {
            @Override
            public Mono<Login> connect(Credentials credentials) {
                SystemSessionTests.this.logins++;
                return Mono.just(answer);
            }

            @Override
            public Mono<Login> answer(Login.CodeWanted wanted, String code) {
                return Mono.error(new AssertionError("nobody has a code"));
            }
        };
    }

}
