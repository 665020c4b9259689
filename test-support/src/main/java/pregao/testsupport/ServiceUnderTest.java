package pregao.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The whole service on a free port, as it runs in earnest.
 */
public final class ServiceUnderTest implements AutoCloseable {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    private final ConfigurableApplicationContext context;

    private ServiceUnderTest(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts a service.
     * @param service its class with the main method
     * @param role of the service at the database
     * @param database with the market schema
     * @param jwksUrl where the keys of tokens are
     * @param others further arguments
     * @return when it answers
     */
    public static ServiceUnderTest start(Class<?> service, String role, MarketTestDatabase database, String jwksUrl,
            String... others) {
        List<String> arguments = new ArrayList<>();
        for (String property : database.properties(role)) {
            arguments.add("--" + property);
        }
        arguments.addAll(List.of("--PREGAO_KAFKA=127.0.0.1:1", "--server.port=0", "--server.address=127.0.0.1",
                "--management.server.port=0", "--pregao.jwks-url=" + jwksUrl));
        arguments.addAll(List.of(others));
        return new ServiceUnderTest(new SpringApplicationBuilder(service, IsolatedReactorResources.class)
            .run(arguments.toArray(String[]::new)));
    }

    public WebTestClient client() {
        return client(port());
    }

    /** Where metrics and log levels are. */
    public WebTestClient managementClient() {
        return client(port("local.management.port"));
    }

    private static WebTestClient client(int port) {
        return WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port)
            .codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
            .responseTimeout(java.time.Duration.ofSeconds(60))
            .build();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return port("local.server.port");
    }

    private int port(String name) {
        return Integer.parseInt(Objects.requireNonNull(this.context.getEnvironment().getProperty(name)));
    }

    @Override
    public void close() {
        this.context.close();
    }

}
