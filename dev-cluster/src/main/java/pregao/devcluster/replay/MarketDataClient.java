package pregao.devcluster.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The candles of one symbol as {@code /api/market-data} answers them, page by page.
 */
final class MarketDataClient implements Iterator<JsonNode> {

    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;

    private final String apiKey;

    private final String query;

    private final Deque<JsonNode> page = new ArrayDeque<>();

    private @Nullable String cursor = "";

    MarketDataClient(HttpClient client, URI base, String apiKey, String query) {
        this.client = client;
        this.apiKey = apiKey;
        this.query = base.resolve("/api/market-data") + "?" + query + "&limit=5000";
    }

    /**
     * The part of an address that names a range.
     * @param feed the feed
     * @param symbol the symbol
     * @param timeframe the timeframe's name
     * @param from inclusive
     * @param to exclusive
     * @return parameters, encoded
     */
    static String query(String feed, String symbol, String timeframe, Instant from, Instant to) {
        return "symbol=%s&timeframe=%s&feed=%s&from=%s&to=%s".formatted(encoded(symbol), timeframe, feed, from, to);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public boolean hasNext() {
        while (this.page.isEmpty() && this.cursor != null) {
            read(this.cursor);
        }
        return !this.page.isEmpty();
    }

    @Override
    public JsonNode next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return this.page.remove();
    }

    private void read(String from) {
        String address = from.isEmpty() ? this.query : this.query + "&cursor=" + encoded(from);
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
            .timeout(TIMEOUT)
            .header("X-API-Key", this.apiKey)
            .build();
        try {
            HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                this.cursor = null; // nothing of the instrument is stored yet
                return;
            }
            if (response.statusCode() != 200) {
                throw new IOException("%s answered %d %s".formatted(address, response.statusCode(), response.body()));
            }
            JsonNode body = JSON.readTree(response.body());
            body.path("items").forEach(this.page::add);
            String next = body.path("next").asString("");
            this.cursor = next.isEmpty() ? null : next;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (JacksonException ex) {
            throw new UncheckedIOException(new IOException(address + " answered no JSON", ex));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", ex));
        }
    }

}
