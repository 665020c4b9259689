package pregao.session.broker.account;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How accounts at brokers are kept.
 *
 * @param idle after which a session that nobody needs is closed
 * @param accounts how many a person may have
 * @param realMoney whether people may allow orders with real money
 */
@ConfigurationProperties("pregao.broker")
public record BrokerProperties(@DefaultValue("30m") Duration idle, @DefaultValue("10") int accounts,
        @DefaultValue("false") boolean realMoney) {

    public BrokerProperties {
        if (idle.isNegative() || idle.isZero() || accounts < 1) {
            throw new IllegalArgumentException("pregao.broker.idle and .accounts must be above 0");
        }
    }

}
