package pregao.ingest;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@SuppressWarnings("HideUtilityClassConstructor") // Spring makes one of it
public class IngestService {

    public static void main(String[] args) {
        SpringApplication.run(IngestService.class, args);
    }

    @Bean
    static Clock clock() {
        return Clock.systemUTC();
    }

}
