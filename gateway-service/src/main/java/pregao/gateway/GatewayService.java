package pregao.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Gateway application.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@SuppressWarnings("HideUtilityClassConstructor") // Spring instantiates it
public class GatewayService {

    public static void main(String[] args) {
        SpringApplication.run(GatewayService.class, args);
    }

}
