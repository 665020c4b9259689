package pregao.devcluster.replay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Posts items as an EA does: until they are acknowledged, in halves where a request is
 * too large, slower where the service says so.
 */
public final class IngestClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;

    private final URI base;

    private final String apiKey;

    private final RetryBackoff backoff;

    private final Consumer<String> notices;

    private final AtomicLong requests = new AtomicLong();

    private final AtomicLong retries = new AtomicLong();

    /**
     * A sender for one feed.
     * @param client speaks HTTP
     * @param base where the services are
     * @param apiKey of the feed
     * @param backoff how long to wait and when to give up
     * @param notices is told when waiting begins
     */
    public IngestClient(HttpClient client, URI base, String apiKey, RetryBackoff backoff, Consumer<String> notices) {
        this.client = client;
        this.base = base;
        this.apiKey = apiKey;
        this.backoff = backoff;
        this.notices = notices;
    }

    /**
     * Posts items and waits for the answer.
     * @param route where to
     * @param items JSON objects
     * @return what became of each
     * @throws PostRefusedException where the service refuses the request, or is away too
     * long
     * @throws InterruptedException where the thread is to stop
     */
    public IngestResponse post(IngestEndpoint route, List<String> items)
            throws PostRefusedException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(this.base.resolve(route.path()))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("X-API-Key", this.apiKey)
            .header("Prefer", "return=minimal")
            .POST(HttpRequest.BodyPublishers.ofString(route.body(items)))
            .build();
        for (int attempt = 1;; attempt++) {
            String problem;
            Duration duration = Duration.ZERO;
            try {
                this.requests.incrementAndGet();
                HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
                int status = response.statusCode();
                if (status == 200 || isVerdict(response)) {
                    return IngestResponse.parse(response.body(), items.size());
                }
                if (status == 413 && items.size() > 1) {
                    return halves(route, items);
                }
                if (status != 429 && status != 408 && status < 500) {
                    throw new PostRefusedException(status, response.body());
                }
                problem = status + " " + response.body();
                duration = retryAfter(response);
            }
            catch (IOException ex) {
                problem = ex.toString();
            }
            this.retries.incrementAndGet();
            waitBefore(attempt, duration, problem);
        }
    }

    /**
     * Reads something and waits for the answer.
     * @param path with its query
     * @return the body
     * @throws PostRefusedException where the service refuses the request, or is away too
     * long
     * @throws InterruptedException where the thread is to stop
     */
    public String get(String path) throws PostRefusedException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(this.base.resolve(path))
            .timeout(TIMEOUT)
            .header("X-API-Key", this.apiKey)
            .GET()
            .build();
        for (int attempt = 1;; attempt++) {
            String problem;
            try {
                HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return response.body();
                }
                problem = response.statusCode() + " " + response.body();
                if (response.statusCode() != 429 && response.statusCode() < 500) {
                    throw new PostRefusedException(response.statusCode(), response.body());
                }
            }
            catch (IOException ex) {
                problem = ex.toString();
            }
            waitBefore(attempt, Duration.ZERO, problem);
        }
    }

    private void waitBefore(int attempt, Duration duration, String problem)
            throws PostRefusedException, InterruptedException {
        if (attempt == 1) {
            this.notices.accept("waiting for the service: " + problem);
        }
        if (!this.backoff.pause(attempt, duration)) {
            throw new PostRefusedException(0,
                    "gave up after %d attempts; the last one: %s".formatted(attempt, problem));
        }
    }

    /**
     * Whether every item was read and refused, which is an answer about each of them.
     */
    private static boolean isVerdict(HttpResponse<String> response) {
        return response.statusCode() == 422 && response.body().contains("\"rejected\":");
    }

    private IngestResponse halves(IngestEndpoint route, List<String> items)
            throws PostRefusedException, InterruptedException {
        int half = items.size() / 2;
        return post(route, items.subList(0, half)).plus(post(route, items.subList(half, items.size())));
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
            .firstValue("Retry-After")
            .filter((text) -> text.matches("\\d{1,4}"))
            .map((text) -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(Duration.ZERO);
    }

    /**
     * How many requests were sent.
     * @return all, the failed ones too
     */
    public long requests() {
        return this.requests.get();
    }

    /**
     * How many requests were sent again.
     * @return those that failed
     */
    public long retries() {
        return this.retries.get();
    }

}
