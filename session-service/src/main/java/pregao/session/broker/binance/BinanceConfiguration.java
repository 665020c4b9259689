package pregao.session.broker.binance;

import java.time.Clock;
import java.util.Set;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import pregao.session.broker.api.BrokerDefinition;
import pregao.session.broker.api.CredentialType;

/**
 * Configuration of the Binance broker, active if {@code pregao.binance.rest} is set.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("pregao.binance.rest")
class BinanceConfiguration {

    @Bean
    BinanceProperties binanceSettings(Environment environment) {
        return Binder.get(environment).bind("pregao.binance", BinanceProperties.class).get();
    }

    @Bean(destroyMethod = "close")
    BinanceBroker binanceBroker(BinanceProperties properties, Clock clock) {
        return new BinanceBroker(properties, clock);
    }

    @Bean
    BrokerDefinition binance(BinanceProperties properties, BinanceBroker broker) {
        return new BrokerDefinition("binance", Set.of(CredentialType.API_KEY), properties.isLocal(), broker);
    }

}
