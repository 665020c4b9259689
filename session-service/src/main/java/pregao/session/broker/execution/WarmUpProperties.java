package pregao.session.broker.execution;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the path of orders is warmed up after the start.
 *
 * @param orders the number of orders placed at a no-op exchange; 0 switches the warm-up
 * off
 */
@ConfigurationProperties("pregao.broker.warm-up")
record WarmUpProperties(@DefaultValue("1000") int orders) {

    WarmUpProperties {
        if (orders < 0) {
            throw new IllegalArgumentException("pregao.broker.warm-up.orders must not be below 0");
        }
    }

}
