package pregao.devcluster.replay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Waits until the services know a key.
 */
final class FeedReadinessProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final HttpClient client;

    private final URI base;

    FeedReadinessProbe(HttpClient client, URI base) {
        this.client = client;
        this.base = base;
    }

    /**
     * Whether the service takes a key now.
     * @param key the key
     * @param symbol any symbol
     * @return the status of the answer, or 0 where there was none
     * @throws InterruptedException where the thread is to stop
     */
    int status(String key, String symbol) throws InterruptedException {
        HttpRequest request = HttpRequest
            .newBuilder(this.base.resolve("/ingest/cursor?timeframe=M1&symbol=" + MarketDataClient.encoded(symbol)))
            .timeout(TIMEOUT)
            .header("X-API-Key", key)
            .build();
        try {
            return this.client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
        catch (IOException ex) {
            return 0;
        }
    }

    /**
     * Waits until the service takes a key.
     * @param key the key
     * @param symbol any symbol
     * @param patience how long
     * @return the last status, 200 where it takes it
     * @throws InterruptedException where the thread is to stop
     */
    int await(String key, String symbol, Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        int status = status(key, symbol);
        while (status != 200 && System.nanoTime() - start < patience.toNanos()) {
            Thread.sleep(BETWEEN_LOOKS);
            status = status(key, symbol);
        }
        return status;
    }

}
