package pregao.session.polarium;

import java.time.Clock;
import java.util.Set;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import pregao.session.broker.AddressBudget;
import pregao.session.broker.BudgetSettings;
import pregao.session.broker.KnownBroker;
import pregao.session.broker.LoginKind;

/**
 * Polarium, where its address is configured.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("pregao.polarium.socket")
class PolariumConnection {

    @Bean
    PolariumSettings polariumSettings(Environment environment) {
        return Binder.get(environment).bind("pregao.polarium", PolariumSettings.class).get();
    }

    @Bean
    AddressBudget polariumBudget(BudgetSettings budget) {
        return new AddressBudget("polarium", budget.requests(), budget.connections());
    }

    @Bean(destroyMethod = "close")
    PolariumBroker polariumBroker(PolariumSettings settings, @Qualifier("polariumBudget") AddressBudget budget,
            Clock clock) {
        return new PolariumBroker(settings, budget, clock);
    }

    @Bean
    KnownBroker polarium(PolariumSettings settings, PolariumBroker broker) {
        return new KnownBroker("polarium", Set.of(LoginKind.PASSWORD, LoginKind.SESSION, LoginKind.OAUTH2),
                settings.isHere(), broker);
    }

}
