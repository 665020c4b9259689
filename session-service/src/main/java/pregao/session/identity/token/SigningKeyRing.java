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
 * Signing keys in memory. They are reloaded every 30 seconds.
 */
@Component
@DependsOnDatabaseInitialization
public class SigningKeyRing implements InitializingBean {

    /** The interval at which the keys are reloaded. */
    static final Duration RELOAD_INTERVAL = Duration.ofSeconds(30);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SigningKeyRepository repository;

    private final KeyRotationPolicy rotation;

    private final Clock clock;

    private volatile List<SigningKey> keys = List.of();

    SigningKeyRing(SigningKeyRepository repository, TokenProperties settings, Clock clock) {
        this.repository = repository;
        this.rotation = new KeyRotationPolicy(settings);
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        reload(); // requests cannot be served without keys
    }

    void reload() {
        this.keys = Objects.requireNonNull(
                this.repository.loadAndRotate().retryWhen(StartupRetry.onConnectionFailure()).block(TIMEOUT));
    }

    ECKey getSigningKey() {
        List<SigningKey> currentKeys = this.keys;
        List<Instant> startTimes = currentKeys.stream().map(SigningKey::signsFrom).toList();
        return currentKeys.get(this.rotation.findCurrentIndex(startTimes, this.clock.instant())).pair();
    }

    List<JWK> getPublicKeys() {
        return this.keys.stream().map((key) -> (JWK) key.pair().toPublicJWK()).toList();
    }

    Map<String, Object> toJwks() {
        return new JWKSet(getPublicKeys()).toJSONObject(true);
    }

}
