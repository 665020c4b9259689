package pregao.session.binance;

import java.time.Clock;
import java.util.Set;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import pregao.session.broker.KnownBroker;
import pregao.session.broker.LoginKind;

/**
 * Binance, where its address is configured.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("pregao.binance.rest")
class BinanceConnection {

    @Bean
    BinanceSettings binanceSettings(Environment environment) {
        return Binder.get(environment).bind("pregao.binance", BinanceSettings.class).get();
    }

    @Bean(destroyMethod = "close")
    BinanceBroker binanceBroker(BinanceSettings settings, Clock clock) {
        return new BinanceBroker(settings, clock);
    }

    @Bean
    KnownBroker binance(BinanceSettings settings, BinanceBroker broker) {
        return new KnownBroker("binance", Set.of(LoginKind.API_KEY), settings.isHere(), broker);
    }

}
