package pregao.session.identity.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

import pregao.session.health.StartupRetry;

/**
 * The signing keys in memory, read again every half minute.
 */
@Component
@DependsOnDatabaseInitialization
public class SigningKeyRing implements InitializingBean {

    /** How often the keys are read again. */
    static final Duration REREAD = Duration.ofSeconds(30);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SigningKeyRepository stored;

    private final KeyRotationPolicy rotation;

    private final Clock clock;

    private volatile List<SigningKey> keys = List.of();

    SigningKeyRing(SigningKeyRepository stored, TokenProperties settings, Clock clock) {
        this.stored = stored;
        this.rotation = new KeyRotationPolicy(settings);
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        read(); // no request is answered without
    }

    void read() {
        this.keys = Objects.requireNonNull(this.stored.read().retryWhen(StartupRetry.onConnectionFailure()).block(TIMEOUT));
    }

    ECKey signing() {
        List<SigningKey> known = this.keys;
        List<Instant> beginnings = known.stream().map(SigningKey::signsFrom).toList();
        return known.get(this.rotation.current(beginnings, this.clock.instant())).pair();
    }

    List<JWK> publicKeys() {
        return this.keys.stream().map((key) -> (JWK) key.pair().toPublicJWK()).toList();
    }

    Map<String, Object> asJson() {
        return new JWKSet(publicKeys()).toJSONObject(true);
    }

}
