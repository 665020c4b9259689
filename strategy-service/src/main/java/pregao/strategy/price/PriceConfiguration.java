package pregao.strategy.price;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.background.Repetition;

/**
 * The thread that tells prices.
 */
@Configuration(proxyBeanMethods = false)
class PriceConfiguration {

    @Bean
    Repetition tellingPrices(PriceBoard board) {
        return new Repetition("prices", Duration.ofMillis(250), board::tell);
    }

}
