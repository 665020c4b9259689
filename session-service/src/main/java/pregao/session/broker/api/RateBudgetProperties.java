package pregao.session.broker.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What all replicas together do at one broker, as they may leave from one address.
 *
 * @param requests a second, at most
 * @param connections attempts a second, at most
 */
@ConfigurationProperties("pregao.broker.budget")
public record RateBudgetProperties(@DefaultValue("500") int requests, @DefaultValue("100") int connections) {

    public RateBudgetProperties {
        if (requests < 1 || connections < 1) {
            throw new IllegalArgumentException("pregao.broker.budget.requests and .connections must be above 0");
        }
    }

}
