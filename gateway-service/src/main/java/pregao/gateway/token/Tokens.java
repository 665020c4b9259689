package pregao.gateway.token;

import java.time.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.contracts.service.ServiceName;
import pregao.contracts.service.ServiceTokens;

/**
 * Makes the keys, what signs and what checks.
 */
@Configuration(proxyBeanMethods = false)
class Tokens {

    private static final Logger log = LoggerFactory.getLogger(Tokens.class);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SigningKey signingKey(TokenSettings settings) {
        return settings.secret().map(SigningKey::derived).orElseGet(() -> {
            log.warn("PREGAO_TOKEN_SECRET is not set: tokens of this replica are good at this replica only");
            return SigningKey.generate();
        });
    }

    /** Without a key no service believes from where a request came. */
    @Bean
    @ConditionalOnProperty("pregao.service-key")
    ServiceTokens serviceTokens(TokenSettings settings, Clock clock) {
        return new ServiceTokens(ServiceName.GATEWAY, settings.serviceKey(), clock);
    }

    @Bean
    PeopleKeys peopleKeys(TokenSettings settings) {
        return new PeopleKeys(settings);
    }

    @Bean
    EndedLogins endedLogins() {
        return new EndedLogins();
    }

    @Bean
    PeopleTokens peopleTokens(PeopleKeys keys, EndedLogins ended, Clock clock) {
        return new PeopleTokens(keys::find, keys::fetched, ended, clock);
    }

    @Bean
    SignedTokens signedTokens(SigningKey key, Clock clock) {
        return new SignedTokens(key, clock);
    }

}
