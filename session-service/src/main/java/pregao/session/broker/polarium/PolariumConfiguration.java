package pregao.session.broker.polarium;

import java.time.Clock;
import java.util.Set;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import pregao.session.broker.api.BrokerDefinition;
import pregao.session.broker.api.CredentialType;
import pregao.session.broker.api.IpRateLimiter;
import pregao.session.broker.api.RateBudgetProperties;

/**
 * Configuration of the Polarium broker, active if {@code pregao.polarium.socket} is set.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("pregao.polarium.socket")
class PolariumConfiguration {

    @Bean
    PolariumProperties polariumSettings(Environment environment) {
        return Binder.get(environment).bind("pregao.polarium", PolariumProperties.class).get();
    }

    @Bean
    IpRateLimiter polariumBudget(RateBudgetProperties budgetProperties) {
        return new IpRateLimiter("polarium", budgetProperties.requests(), budgetProperties.connections());
    }

    @Bean(destroyMethod = "close")
    PolariumBroker polariumBroker(PolariumProperties properties,
            @Qualifier("polariumBudget") IpRateLimiter ipRateLimiter, Clock clock) {
        return new PolariumBroker(properties, ipRateLimiter, clock);
    }

    @Bean
    BrokerDefinition polarium(PolariumProperties properties, PolariumBroker broker) {
        return new BrokerDefinition("polarium",
                Set.of(CredentialType.PASSWORD, CredentialType.SESSION, CredentialType.OAUTH2), properties.isLocal(),
                broker);
    }

}
