package pregao.ingest;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

import pregao.webapi.request.StrictBodyConfiguration;
import pregao.webapi.security.ForwardedHeaders;
import pregao.webapi.security.JwtDecoderConfiguration;

/**
 * Spring Boot application of ingest-service. It has no security filter chain: most
 * requests carry an API key, which the service checks itself, and only some endpoints
 * accept tokens.
 */
@SpringBootApplication(exclude = { ReactiveWebSecurityAutoConfiguration.class,
        ReactiveManagementWebSecurityAutoConfiguration.class, ReactiveUserDetailsServiceAutoConfiguration.class,
        ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class })
@Import({ JwtDecoderConfiguration.class, ForwardedHeaders.class, StrictBodyConfiguration.class })
@ConfigurationPropertiesScan
@EnableScheduling
@SuppressWarnings("HideUtilityClassConstructor") // Spring creates an instance
public class IngestService {

    public static void main(String[] args) {
        SpringApplication.run(IngestService.class, args);
    }

    @Bean
    static Clock clock() {
        return Clock.systemUTC();
    }

}
