package pregao.gateway.token;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ApiKeyTokenIssuer}.
 */
class ApiKeyTokenIssuerTests {

    private static final Instant NINE = Instant.parse("2025-10-20T09:00:00Z");

    private static final ApiKey KEY = new ApiKey(ApiKey.hash("k"), "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001", "mt5",
            Set.of(Scope.READ, Scope.INGEST), false);

    private final MovableClock clock = new MovableClock();

    private final JwtSigningKey signingKey = JwtSigningKey.generate();

    private final ApiKeyTokenIssuer tokens = new ApiKeyTokenIssuer(this.signingKey, this.clock);

    @Test
    void saysWhoTheOwnerIsForOneMinute() throws ParseException {
        SignedJWT token = SignedJWT.parse(this.tokens.issue(KEY));
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(token.getHeader().getKeyID()).isEqualTo(this.signingKey.getKeyId());
        assertThat(claims.getSubject()).isEqualTo(KEY.owner());
        assertThat(claims.getStringClaim("scope")).isEqualTo("ingest read");
        assertThat(claims.getStringClaim("feed")).isEqualTo("mt5");
        assertThat(claims.getIssuer()).isEqualTo("pregao-gateway");
        assertThat(claims.getStringListClaim("roles")).containsExactly("trader");
        assertThat(claims.getStringClaim("sid")).startsWith("key-");
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(NINE.plusSeconds(60));
    }

    @Test
    void servesHalfItsLife() {
        String first = this.tokens.issue(KEY);
        this.clock.now = NINE.plusSeconds(29);
        assertThat(this.tokens.issue(KEY)).isEqualTo(first);
        this.clock.now = NINE.plusSeconds(30);
        assertThat(this.tokens.issue(KEY)).isNotEqualTo(first);
    }

    @Test
    void isSignedAnewWhenTheKeyChanges() throws ParseException {
        this.tokens.issue(KEY);
        ApiKey narrower = new ApiKey(KEY.hash(), KEY.owner(), KEY.feed(), Set.of(Scope.READ), false);
        assertThat(SignedJWT.parse(this.tokens.issue(narrower)).getJWTClaimsSet().getStringClaim("scope"))
            .isEqualTo("read");
    }

    @Test
    void neverShowsTheSecretHalf() {
        assertThat(this.signingKey.toJwks(java.util.List.of()).toString()).contains(" x=")
            .doesNotContain(" d=")
            .doesNotContain("{d=");
    }

    private static final class MovableClock extends Clock {

        private Instant now = NINE;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return offset(this, Duration.ZERO);
        }

        @Override
        public Instant instant() {
            return this.now;
        }

    }

}
