package pregao.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The whole service on a free port, as it runs in earnest.
 */
public final class RunningService implements AutoCloseable {

    static {
        EventLoops.mustNotBlock();
    }

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static RunningService start(MarketDatabase database, String jwksUrl, String... others) {
        List<String> arguments = new ArrayList<>();
        for (String property : database.properties()) {
            arguments.add("--" + property);
        }
        arguments.addAll(List.of("--PREGAO_KAFKA=127.0.0.1:1", "--server.port=0", "--server.address=127.0.0.1",
                "--pregao.jwks-url=" + jwksUrl));
        arguments.addAll(List.of(others));
        return new RunningService(new SpringApplicationBuilder(StrategyService.class, OwnLoops.class)
            .run(arguments.toArray(String[]::new)));
    }

    public WebTestClient client() {
        return WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port())
            .codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
            .responseTimeout(java.time.Duration.ofSeconds(60))
            .build();
    }

    public int port() {
        return Integer.parseInt(Objects.requireNonNull(this.context.getEnvironment().getProperty("local.server.port")));
    }

    @Override
    public void close() {
        this.context.close();
    }

    /**
     * Event loops of its own, so that one service can end while others go on.
     */
    static final class OwnLoops {

        @Bean
        ReactorResourceFactory loops() {
            ReactorResourceFactory loops = new ReactorResourceFactory();
            loops.setUseGlobalResources(false);
            return loops;
        }

    }

}
