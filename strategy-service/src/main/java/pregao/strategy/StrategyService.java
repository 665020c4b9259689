package pregao.strategy;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import pregao.webapi.problem.ProblemExceptionHandler;
import pregao.webapi.request.StrictRequestConfiguration;
import pregao.webapi.security.JwtDecoderConfiguration;

/**
 * The entry point of strategy-service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ JwtDecoderConfiguration.class, ProblemExceptionHandler.class, StrictRequestConfiguration.class })
@SuppressWarnings("HideUtilityClassConstructor") // Spring creates an instance
public class StrategyService {

    public static void main(String[] args) {
        SpringApplication.run(StrategyService.class, args);
    }

    @Bean
    static Clock clock() {
        return Clock.systemUTC();
    }

}
