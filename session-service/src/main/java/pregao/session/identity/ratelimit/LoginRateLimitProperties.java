package pregao.session.identity.ratelimit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many wrong tries are taken.
 *
 * @param account at one account from one network, at once
 * @param accountEvery after which one more is taken
 * @param network from one network at all accounts, at once
 * @param networkEvery after which one more is taken
 * @param everywhere at one account from all networks and at all replicas, at once
 * @param everywhereEvery after which one more is taken; sooner than after
 * {@code accountEvery}, so that one network alone never takes them all
 * @param code at the second factor of one account, at once: six digits are few, and
 * whoever comes so far knows the password
 * @param codeEvery after which one more is taken
 */
@ConfigurationProperties("pregao.session.attempt")
public record LoginRateLimitProperties(@DefaultValue("5") int account, @DefaultValue("2m") Duration accountEvery,
        @DefaultValue("50") int network, @DefaultValue("2s") Duration networkEvery, @DefaultValue("30") int everywhere,
        @DefaultValue("1m") Duration everywhereEvery, @DefaultValue("10") int code,
        @DefaultValue("15m") Duration codeEvery) {

    public LoginRateLimitProperties {
        if (account < 1 || network < 1 || everywhere < 1 || code < 1) {
            throw new IllegalArgumentException("The numbers of pregao.session.attempt are at least 1");
        }
        if (everywhereEvery.compareTo(accountEvery) >= 0) {
            throw new IllegalArgumentException(
                    "pregao.session.attempt.everywhere-every must be shorter than .account-every, so that one network "
                            + "alone does not take all tries at an account");
        }
    }

}
