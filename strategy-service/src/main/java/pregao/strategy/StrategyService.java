package pregao.strategy;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import pregao.http.access.CheckedTokens;
import pregao.http.problem.ProblemHandler;
import pregao.http.request.StrictRequests;

/**
 * Starts the service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ CheckedTokens.class, ProblemHandler.class, StrictRequests.class })
@SuppressWarnings("HideUtilityClassConstructor") // Spring makes one of it
public class StrategyService {

    public static void main(String[] args) {
        SpringApplication.run(StrategyService.class, args);
    }

    @Bean
    static Clock clock() {
        return Clock.systemUTC();
    }

}
