package pregao.session.identity.ratelimit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many wrong tries are taken.
 *
 * @param perAccount at one account from one network, at once
 * @param perAccountRefill after which one more is taken
 * @param perNetwork from one network at all accounts, at once
 * @param perNetworkRefill after which one more is taken
 * @param perAccountGlobal at one account from all networks and at all replicas, at once
 * @param perAccountGlobalRefill after which one more is taken; sooner than after
 * {@code accountEvery}, so that one network alone never takes them all
 * @param codesPerAccount at the second factor of one account, at once: six digits are
 * few, and whoever comes so far knows the password
 * @param codesPerAccountRefill after which one more is taken
 */
@ConfigurationProperties("pregao.session.login-rate-limit")
public record LoginRateLimitProperties(@DefaultValue("5") int perAccount, @DefaultValue("2m") Duration perAccountRefill,
        @DefaultValue("50") int perNetwork, @DefaultValue("2s") Duration perNetworkRefill,
        @DefaultValue("30") int perAccountGlobal, @DefaultValue("1m") Duration perAccountGlobalRefill,
        @DefaultValue("10") int codesPerAccount, @DefaultValue("15m") Duration codesPerAccountRefill) {

    public LoginRateLimitProperties {
        if (perAccount < 1 || perNetwork < 1 || perAccountGlobal < 1 || codesPerAccount < 1) {
            throw new IllegalArgumentException("The numbers of pregao.session.login-rate-limit are at least 1");
        }
        if (perAccountGlobalRefill.compareTo(perAccountRefill) >= 0) {
            throw new IllegalArgumentException(
                    "pregao.session.login-rate-limit.per-account-global-refill must be shorter than .per-account-refill, so that one network "
                            + "alone does not take all tries at an account");
        }
    }

}
