package pregao.gateway.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.jspecify.annotations.Nullable;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;

/**
 * Source of the public keys that verify user tokens. A thread of its own fetches them
 * from session-service. While that service is unavailable, the known keys remain in use.
 */
final class UserJwkSource implements SupervisedComponent {

    /** New keys are published an hour before they sign. */
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(30);

    /** If new keys are not fetched before they sign, valid tokens are rejected. */
    private static final Duration MAX_SILENCE = Duration.ofMinutes(5);

    private static final Duration MIN_REFRESH_DELAY = Duration.ofSeconds(1);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(REQUEST_TIMEOUT)
        .build();

    private final URI jwksUri;

    private final Semaphore refreshRequests = new Semaphore(0);

    private volatile List<ECKey> keys = List.of();

    private volatile boolean fetched;

    private final SupervisedThread thread = new SupervisedThread("people-keys", MAX_SILENCE, this::refresh,
            this.refreshRequests::release);

    UserJwkSource(TokenProperties settings) {
        this.jwksUri = settings.sessionUrl().resolve("/.well-known/jwks.json");
    }

    /**
     * Returns the known keys.
     * @return the public keys
     */
    List<ECKey> getKeys() {
        return this.keys;
    }

    /**
     * Finds a key. If it is unknown, the keys are fetched again soon.
     * @param id the key ID
     * @return empty if the key is unknown
     */
    Optional<ECKey> find(@Nullable String id) {
        for (ECKey key : this.keys) {
            if (key.getKeyID().equals(id)) {
                return Optional.of(key);
            }
        }
        this.refreshRequests.release();
        return Optional.empty();
    }

    /**
     * Returns whether keys were ever fetched.
     * @return false while the key of a valid token may still be unknown
     */
    boolean isFetched() {
        return this.fetched;
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void refresh(SupervisedThread supervised) throws InterruptedException, IOException, ParseException {
        fetch();
        supervised.recordSuccess();
        supervised.pause(MIN_REFRESH_DELAY); // limits fetches for unknown keys
        if (this.refreshRequests.tryAcquire(REFRESH_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            this.refreshRequests.drainPermits();
        }
    }

    private void fetch() throws InterruptedException, IOException, ParseException {
        HttpResponse<String> response = this.client.send(
                HttpRequest.newBuilder(this.jwksUri).timeout(REQUEST_TIMEOUT).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(this.jwksUri, response.statusCode()));
        }
        this.keys = JWKSet.parse(response.body())
            .getKeys()
            .stream()
            .filter(ECKey.class::isInstance)
            .map(JWK::toECKey)
            .filter((key) -> key.getKeyID() != null)
            .map(ECKey::toPublicJWK)
            .toList();
        this.fetched = true;
    }

}
