package pregao.gateway.login;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import pregao.contracts.login.LoginRevocation;

/**
 * Logins that have ended while their tokens still say they are good; remembered for as
 * long as any token is good.
 */
public final class RevokedLogins {

    /** Longer than the longest life of a token, ten minutes, and the skew of clocks. */
    private static final Duration RETENTION = Duration.ofMinutes(15);

    /** Far more than can end in that time. */
    private static final int MAX_SIZE = 200_000;

    private final Cache<String, Boolean> revoked = Caffeine.newBuilder()
        .maximumSize(MAX_SIZE)
        .expireAfterWrite(RETENTION)
        .build();

    /**
     * Takes the end of a login.
     * @param login which
     */
    public void add(LoginRevocation login) {
        this.revoked.put(login.id(), true);
    }

    /**
     * Whether a login has ended.
     * @param id the claim {@code sid}
     * @return true once that is known
     */
    public boolean contains(String id) {
        return this.revoked.getIfPresent(id) != null;
    }

}
