package pregao.webapi.security;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.contracts.service.ServiceTokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link ServiceTokenDecoder}.
 */
class ServiceTokenDecoderTests {

    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final KeyPair OLD = pair();

    private static final KeyPair NEW = pair();

    private static final KeyPair GATEWAY = pair();

    private static final String CALLERS = key("strategy", OLD) + "," + key("gateway", GATEWAY);

    @Test
    void findsTheCallerAndItsOperation() {
        Jwt token = decoded(CALLERS, token(ServiceName.STRATEGY, OLD, Operation.ORDERS_PLACE));
        assertThat(ServiceTokenDecoder.getCaller(token)).isEqualTo(ServiceName.STRATEGY);
        assertThat(ServiceTokenDecoder.getOperations(token)).isEqualTo(Set.of(Operation.ORDERS_PLACE));
    }

    @Test
    void operationOfAnotherServiceCountsForNothing() {
        Jwt token = decoded(CALLERS, token(ServiceName.GATEWAY, GATEWAY, Operation.ORDERS_PLACE));
        assertThat(ServiceTokenDecoder.getOperations(token)).isEmpty();
        assertThat(ServiceTokenDecoder
            .getOperations(decoded(CALLERS, token(ServiceName.STRATEGY, OLD, Operation.REQUESTS_FORWARD)))).isEmpty();
    }

    @Test
    void tokenForAnotherServiceIsRefused() {
        isRefused(CALLERS, tokens(ServiceName.STRATEGY, OLD, CLOCK).of(ServiceName.INGEST, Operation.ORDERS_PLACE));
    }

    @Test
    void serviceCannotSpeakForAnother() {
        isRefused(CALLERS, token(ServiceName.STRATEGY, GATEWAY, Operation.ORDERS_PLACE));
        isRefused(CALLERS, token(ServiceName.GATEWAY, OLD, Operation.REQUESTS_FORWARD));
    }

    @Test
    void callerThatIsNotAcceptedIsRefused() {
        isRefused(CALLERS, token(ServiceName.INGEST, NEW, Operation.ORDERS_PLACE));
        isRefused("", token(ServiceName.STRATEGY, OLD, Operation.ORDERS_PLACE));
        isRefused(CALLERS, "ey.ey.ey");
    }

    @Test
    void tokenOfAMinuteAgoIsRefused() {
        Clock before = Clock.fixed(NOW.minus(Duration.ofSeconds(66)), ZoneOffset.UTC);
        isRefused(CALLERS, tokens(ServiceName.STRATEGY, OLD, before).of(ServiceName.SESSION, Operation.ORDERS_PLACE));
    }

    @Test
    void keyIsReplacedWithoutAnOutage() {
        String old = token(ServiceName.STRATEGY, OLD, Operation.ORDERS_PLACE);
        String replaced = token(ServiceName.STRATEGY, NEW, Operation.ORDERS_PLACE);
        String both = key("strategy", OLD) + "," + key("strategy", NEW);
        assertThat(decoded(both, old).getIssuedAt()).isEqualTo(NOW);
        assertThat(decoded(both, replaced).getIssuedAt()).isEqualTo(NOW);
        assertThat(decoded(key("strategy", NEW), replaced).getIssuedAt()).isEqualTo(NOW);
        isRefused(key("strategy", NEW), old);
    }

    @ParameterizedTest
    @ValueSource(strings = { "nobody:AAAA", "strategy:secret", "strategy", "strategy:" })
    void settingThatCannotBeReadIsNotShown(String setting) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new ServiceTokenDecoder(setting, ServiceName.SESSION, CLOCK))
            .withMessage(
                    "PREGAO_CALLER_KEYS is name:key with commas between, each a P-256 public key, X.509 in Base64");
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceTokens(ServiceName.STRATEGY, "secret", CLOCK))
            .withMessage("PREGAO_SERVICE_KEY is a P-256 private key, PKCS #8 in Base64")
            .withNoCause();
    }

    private static void isRefused(String callerKeys, String token) {
        assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decoded(callerKeys, token));
    }

    private static Jwt decoded(String callerKeys, String token) {
        Jwt decoded = new ServiceTokenDecoder(callerKeys, ServiceName.SESSION, CLOCK).decode(token)
            .block(Duration.ofSeconds(10));
        return java.util.Objects.requireNonNull(decoded);
    }

    private static String token(ServiceName caller, KeyPair key, Operation operation) {
        return tokens(caller, key, CLOCK).of(ServiceName.SESSION, operation);
    }

    private static ServiceTokens tokens(ServiceName caller, KeyPair key, Clock clock) {
        return new ServiceTokens(caller, Base64.getEncoder().encodeToString(key.getPrivate().getEncoded()), clock);
    }

    private static String key(String caller, KeyPair key) {
        return caller + ":" + Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
