package pregao.indicators;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

import pregao.webapi.problem.ProblemExceptionHandler;
import pregao.webapi.request.StrictRequestConfiguration;
import pregao.webapi.security.JwtDecoderConfiguration;

/**
 * The main class of the service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ JwtDecoderConfiguration.class, ProblemExceptionHandler.class, StrictRequestConfiguration.class })
@SuppressWarnings("HideUtilityClassConstructor") // Spring instantiates it
public class IndicatorsService {

    public static void main(String[] args) {
        SpringApplication.run(IndicatorsService.class, args);
    }

}
