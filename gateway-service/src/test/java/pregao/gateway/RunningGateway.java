package pregao.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.contracts.service.ServiceName;
import pregao.gateway.key.ApiKeyRegistry;
import pregao.testsupport.BlockHoundSupport;
import pregao.testsupport.ServiceCallers;

/**
 * Complete gateway on free ports. Unless Kafka is requested, tests put API keys into its
 * registry directly.
 */
public final class RunningGateway implements AutoCloseable {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    /** A key with the scopes ingest and read. */
    public static final String KEY = "a-good-key";

    /** A key with the scope ingest only. */
    public static final String WRITER = "a-writers-key";

    /** A key with the scope read only. */
    public static final String READER = "a-readers-key";

    /** A key that was revoked. */
    public static final String REVOKED = "a-revoked-key";

    private static final String OWNER = "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001";

    private static final String REDIS = "pregao.redis.url=";

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private final ConfigurableApplicationContext context;

    private RunningGateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static RunningGateway start(String... properties) {
        RunningGateway gateway = new RunningGateway(new SpringApplicationBuilder(GatewayService.class)
            .initializers((context) -> context.addBeanFactoryPostProcessor(
                    (beans) -> ((BeanDefinitionRegistry) beans).removeBeanDefinition("apiKeyTopicListener")))
            .run(arguments(properties)));
        ApiKeyRegistry keys = gateway.keys();
        keys.put(key(KEY, false, Scope.INGEST, Scope.READ));
        keys.put(key(WRITER, false, Scope.INGEST));
        keys.put(key(READER, false, Scope.READ));
        keys.put(key(REVOKED, true, Scope.INGEST, Scope.READ));
        keys.markComplete();
        return gateway;
    }

    public static RunningGateway startWithKafka(String bootstrapServers) {
        return new RunningGateway(new SpringApplicationBuilder(GatewayService.class)
            .run(arguments("spring.kafka.bootstrap-servers=" + bootstrapServers)));
    }

    public static ApiKey key(String text, boolean revoked, Scope... scopes) {
        return new ApiKey(ApiKey.hash(text), OWNER, "mt5", Set.of(scopes), revoked);
    }

    public static ApiKey keyOf(String owner, String text, Scope... scopes) {
        return new ApiKey(ApiKey.hash(text), owner, "mt5", Set.of(scopes), false);
    }

    public ApiKeyRegistry keys() {
        return this.context.getBean(ApiKeyRegistry.class);
    }

    public WebTestClient client() {
        return client(port());
    }

    public WebTestClient managementClient() {
        return client(Integer.parseInt(property("local.management.port")));
    }

    public String metrics() {
        return Objects.requireNonNull(managementClient().get()
            .uri("/metrics")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
    }

    public <T> T bean(Class<T> type) {
        return this.context.getBean(type);
    }

    /** Returns the bean factory of the gateway. */
    public ListableBeanFactory beans() {
        return this.context;
    }

    public static void eventually(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited %s in vain for %s".formatted(REQUEST_TIMEOUT, what));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    public int port() {
        return Integer.parseInt(property("local.server.port"));
    }

    @Override
    public void close() {
        this.context.close();
    }

    private String property(String name) {
        return Objects.requireNonNull(this.context.getEnvironment().getProperty(name));
    }

    private static WebTestClient client(int port) {
        return WebTestClient.bindToServer()
            .baseUrl("http://127.0.0.1:" + port)
            .responseTimeout(Duration.ofSeconds(60))
            .build();
    }

    private static String[] arguments(String... properties) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--server.address=127.0.0.1", "--management.server.port=0",
                        "--pregao.service-key=" + new ServiceCallers().serviceKey(ServiceName.GATEWAY)));
        if (List.of(properties).stream().noneMatch((property) -> property.startsWith(REDIS))) {
            arguments.add("--" + REDIS + "redis://127.0.0.1:1");
        }
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return arguments.toArray(String[]::new);
    }

}
