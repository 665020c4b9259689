package pregao.strategy.execution;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the path of orders is warmed up after the start.
 *
 * @param orders how many orders of an account that does not exist are sent to
 * session-service, which refuses them; 0 switches it off
 */
@ConfigurationProperties("pregao.strategy.warm-up")
record WarmUpProperties(@DefaultValue("1000") int orders) {

    WarmUpProperties {
        if (orders < 0) {
            throw new IllegalArgumentException("pregao.strategy.warm-up.orders must not be below 0");
        }
    }

}
