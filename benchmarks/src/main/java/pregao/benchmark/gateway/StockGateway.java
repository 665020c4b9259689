package pregao.benchmark.gateway;

import java.util.Map;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * A Spring Cloud Gateway as it comes, with one route and nothing else.
 */
@SpringBootApplication
@SuppressWarnings("HideUtilityClassConstructor") // Spring makes one of it
public class StockGateway {

    private static final String ROUTE = "spring.cloud.gateway.server.webflux.routes[0].";

    /**
     * Passes on until it is stopped.
     * @param args its port, and that of the service behind it
     */
    public static void main(String[] args) {
        new SpringApplicationBuilder(StockGateway.class).properties(Map.of("spring.config.name", "stock",
                "server.address", "127.0.0.1", "server.port", args[0], ROUTE + "id", "all", ROUTE + "uri",
                "http://127.0.0.1:" + args[1], ROUTE + "predicates[0]", "Path=/api/**"))
            .run();
    }

}
