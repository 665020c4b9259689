package pregao.gateway.login;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import pregao.contracts.login.LoginRevocation;

/**
 * Revoked logins whose tokens have not expired yet. They are retained for as long as any
 * token is valid.
 */
public final class RevokedLogins {

    /** Longer than the maximum validity of a token, ten minutes, plus clock skew. */
    private static final Duration RETENTION = Duration.ofMinutes(15);

    /** Far more than can be revoked in that time. */
    private static final int MAX_SIZE = 200_000;

    private final Cache<String, Boolean> revoked = Caffeine.newBuilder()
        .maximumSize(MAX_SIZE)
        .expireAfterWrite(RETENTION)
        .build();

    /**
     * Adds a revoked login.
     * @param login the revocation
     */
    public void add(LoginRevocation login) {
        this.revoked.put(login.id(), true);
    }

    /**
     * Returns whether a login is known to be revoked.
     * @param id the claim {@code sid}
     * @return true if the revocation has been received
     */
    public boolean contains(String id) {
        return this.revoked.getIfPresent(id) != null;
    }

}
