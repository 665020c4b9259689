package pregao.aggregator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The main class of the service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@SuppressWarnings("HideUtilityClassConstructor") // Spring instantiates it
public class AggregatorService {

    public static void main(String[] args) {
        SpringApplication.run(AggregatorService.class, args);
    }

}
