package pregao.session.broker.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rates of all replicas together at one broker, because they may share one IP
 * address.
 *
 * @param requests the maximum number of requests per second
 * @param connections the maximum number of connection attempts per second
 */
@ConfigurationProperties("pregao.broker.budget")
public record RateBudgetProperties(@DefaultValue("500") int requests, @DefaultValue("100") int connections) {

    public RateBudgetProperties {
        if (requests < 1 || connections < 1) {
            throw new IllegalArgumentException("pregao.broker.budget.requests and .connections must be above 0");
        }
    }

}
