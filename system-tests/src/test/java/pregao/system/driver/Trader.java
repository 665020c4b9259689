package pregao.system.driver;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

/**
 * Who has a key of one feed: posts to it and reads it back.
 *
 * @param url where the API is
 * @param feed the feed's name
 * @param key the API key
 */
public record Trader(URI url, String feed, String key) {

    private static final int LONGEST_PAGE = 5000;

    /**
     * Requests with the key.
     * @return to be sent
     */
    public Http http() {
        return new Http(this.url, "X-API-Key", this.key, "Content-Type", "application/json");
    }

    /**
     * Posts candles.
     * @param items JSON objects
     * @return what came back
     */
    public Answer candles(List<String> items) {
        return http().post("/ingest", "{\"items\":[" + String.join(",", items) + "]}");
    }

    /**
     * Posts ticks.
     * @param items JSON objects
     * @return what came back
     */
    public Answer ticks(List<String> items) {
        return http().post("/ingest/tick", "{\"ticks\":[" + String.join(",", items) + "]}");
    }

    /**
     * Asks where to go on.
     * @param symbol the symbol
     * @param timeframe a timeframe, or tick
     * @return what came back
     */
    public Answer cursor(String symbol, String timeframe) {
        return http().get("/ingest/cursor?symbol=%s&timeframe=%s".formatted(encoded(symbol), timeframe));
    }

    /**
     * Reads candles, page after page.
     * @param symbol the symbol
     * @param timeframe the timeframe
     * @param from inclusive
     * @param to exclusive
     * @return ascending; none where the instrument is unknown
     */
    public List<ReadCandle> read(String symbol, String timeframe, Instant from, Instant to) {
        return read(symbol, timeframe, from, to, LONGEST_PAGE);
    }

    /**
     * Reads candles in pages of a length.
     * @param symbol the symbol
     * @param timeframe the timeframe
     * @param from inclusive
     * @param to exclusive
     * @param limit the longest page
     * @return ascending; none where the instrument is unknown
     */
    public List<ReadCandle> read(String symbol, String timeframe, Instant from, Instant to, int limit) {
        String path = "/api/market-data?symbol=%s&timeframe=%s&from=%s&to=%s&limit=%d".formatted(encoded(symbol),
                timeframe, from, to, limit);
        List<ReadCandle> candles = new ArrayList<>();
        String cursor = "";
        do {
            String page = path + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor));
            Answer answer = Await.see("a reader that is there", () -> http().get(page),
                    (given) -> given.status() != 503);
            if (answer.status() == 404) {
                return List.of();
            }
            if (answer.status() != 200) {
                throw new AssertionError(path + " answered " + answer);
            }
            JsonNode body = answer.json();
            body.path("items").forEach((item) -> candles.add(ReadCandle.of(item)));
            cursor = body.path("next").asString("");
        }
        while (!cursor.isEmpty());
        return candles;
    }

    /**
     * Waits until what is read is right.
     * @param what is waited for
     * @param symbol the symbol
     * @param timeframe the timeframe
     * @param from inclusive
     * @param to exclusive
     * @param right judges
     * @return ascending
     */
    public List<ReadCandle> await(String what, String symbol, String timeframe, Instant from, Instant to,
            Predicate<List<ReadCandle>> right) {
        return Await.see(what, () -> read(symbol, timeframe, from, to), right);
    }

    /**
     * Waits until so many candles are final.
     * @param count how many there are to be
     * @param symbol the symbol
     * @param timeframe the timeframe
     * @param from inclusive
     * @param length of the time they are in
     * @return ascending
     */
    public List<ReadCandle> awaitFinal(int count, String symbol, String timeframe, Instant from, Duration length) {
        return await(count + " final " + timeframe + " candles of " + this.feed + "|" + symbol, symbol, timeframe, from,
                from.plus(length),
                (candles) -> candles.size() == count && candles.stream().allMatch(ReadCandle::complete));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

}
