package pregao.session.price;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.session.background.Repetition;

/**
 * The thread that looks after the streams.
 */
@Configuration(proxyBeanMethods = false)
class PriceConfiguration {

    private static final Duration EVERY = Duration.ofSeconds(1);

    @Bean
    Repetition streaming(Prices prices) {
        return new Repetition("prices", EVERY, prices::turn);
    }

}
