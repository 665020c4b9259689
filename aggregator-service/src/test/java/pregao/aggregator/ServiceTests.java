package pregao.aggregator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import pregao.devcluster.postgres.DatabaseCredentials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the running service, as operators see it.
 */
class ServiceTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Test
    void startsAndSaysThatItIsReady() throws Exception {
        DatabaseCredentials login = AggregatorTestEnvironment.postgres().login("pregao_aggregator");
        AggregatorTestEnvironment.database();
        String[] arguments = { "--SERVER_PORT=0", "--PREGAO_MANAGEMENT_PORT=0",
                "--PREGAO_DATABASE_URL=" + AggregatorTestEnvironment.postgres().url(),
                "--PREGAO_DATABASE_USER=" + login.user(), "--PREGAO_DATABASE_PASSWORD=" + login.password(),
                "--PREGAO_KAFKA=" + AggregatorTestEnvironment.kafka().bootstrapServers(),
                "--pregao.partitions=" + AggregatorTestEnvironment.PARTITIONS };
        try (ConfigurableApplicationContext context = SpringApplication.run(AggregatorService.class, arguments);
                HttpClient client = HttpClient.newHttpClient()) {
            WebServerApplicationContext web = (WebServerApplicationContext) context;
            String base = "http://127.0.0.1:" + Objects.requireNonNull(web.getWebServer()).getPort();
            assertThat(get(client, base + "/livez").statusCode()).isEqualTo(200);
            awaitReady(client, base);
            assertThat(get(client, base + "/metrics").statusCode()).isEqualTo(404);
            String management = "http://127.0.0.1:"
                    + context.getEnvironment().getRequiredProperty("local.management.port");
            assertThat(get(client, management + "/metrics").body()).contains("pregao_aggregator_lag_records");
            assertThat(get(client, base + "/v3/api-docs").body()).contains("\"openapi\":\"3.1");
        }
    }

    private static void awaitReady(HttpClient client, String base) throws Exception {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        HttpResponse<String> answer = get(client, base + "/readyz");
        while (answer.statusCode() != 200) {
            assertThat(System.nanoTime()).as("not ready: %s", answer.body()).isLessThan(end);
            Thread.sleep(100);
            answer = get(client, base + "/readyz");
        }
    }

    private static HttpResponse<String> get(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(),
                HttpResponse.BodyHandlers.ofString());
    }

}
