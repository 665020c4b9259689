package pregao.session.identity.ratelimit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of failed authentication attempts.
 *
 * @param perAccount the maximum number of consecutive attempts for one account from one
 * network
 * @param perAccountRefill the time to restore one attempt
 * @param perNetwork the maximum number of consecutive attempts from one network for all
 * accounts
 * @param perNetworkRefill the time to restore one attempt
 * @param perAccountGlobal the maximum number of consecutive attempts for one account from
 * all networks at all replicas
 * @param perAccountGlobalRefill the time to restore one attempt; shorter than {@code
 * perAccountRefill}, so that one network alone cannot consume all attempts
 * @param codesPerAccount the maximum number of consecutive attempts of the second factor
 * of one account; low because codes have only six digits and the attacker already knows
 * the password
 * @param codesPerAccountRefill the time to restore one attempt
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
