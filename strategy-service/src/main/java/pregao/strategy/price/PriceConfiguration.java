package pregao.strategy.price;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.background.PeriodicTask;

/**
 * Configures the thread that publishes prices.
 */
@Configuration(proxyBeanMethods = false)
class PriceConfiguration {

    @Bean
    PeriodicTask tellingPrices(LastPricePublisher publisher) {
        return new PeriodicTask("prices", Duration.ofMillis(250), publisher::publish);
    }

}
