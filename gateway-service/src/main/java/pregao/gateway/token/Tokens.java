package pregao.gateway.token;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the signing key and what signs with it.
 */
@Configuration(proxyBeanMethods = false)
class Tokens {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SigningKey signingKey() {
        return SigningKey.generate();
    }

    @Bean
    SignedTokens signedTokens(SigningKey key, Clock clock) {
        return new SignedTokens(key, clock);
    }

}
