package pregao.session.broker.account;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of broker accounts.
 *
 * @param idleTimeout the idle time after which a session is closed
 * @param maxAccounts the maximum number of accounts of a user
 * @param realMoney whether users may allow orders with real money
 */
@ConfigurationProperties("pregao.broker")
public record BrokerProperties(@DefaultValue("30m") Duration idleTimeout, @DefaultValue("10") int maxAccounts,
        @DefaultValue("false") boolean realMoney) {

    public BrokerProperties {
        if (idleTimeout.isNegative() || idleTimeout.isZero() || maxAccounts < 1) {
            throw new IllegalArgumentException("pregao.broker.idle-timeout and .max-accounts must be above 0");
        }
    }

}
