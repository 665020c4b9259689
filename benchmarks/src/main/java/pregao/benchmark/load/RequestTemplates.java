package pregao.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import pregao.contracts.Prices;

/**
 * Requests, built before the clock runs.
 *
 * @param bytes whole requests, used in turn
 * @param items how many candles or ticks each holds
 * @param counted the name of what the answer counts
 */
record RequestTemplates(List<byte[]> bytes, int items, String counted) {

    private static final long MINUTE = 60_000;

    private static final long POINT = 1_000;

    RequestTemplates {
        bytes = List.copyOf(bytes);
    }

    /**
     * Batches of final M1 candles, no two of the same bucket.
     */
    static RequestTemplates candles(Options options) {
        Random random = new Random(11);
        long start = Instant.parse(options.from()).toEpochMilli();
        int symbols = options.symbols().size();
        List<byte[]> all = new ArrayList<>();
        for (int request = 0; request < options.requests(); request++) {
            StringBuilder body = new StringBuilder("[");
            for (int i = 0; i < options.batch(); i++) {
                long at = (long) request * options.batch() + i;
                candle(body, options.symbols().get((int) (at % symbols)), start + at / symbols * MINUTE, random);
            }
            body.setCharAt(body.length() - 1, ']');
            all.add(post(options, "/ingest_batch", body.toString()));
        }
        return new RequestTemplates(all, options.batch(), "inserted");
    }

    private static void candle(StringBuilder body, String symbol, long time, Random random) {
        long open = 108_000_000 + random.nextInt(1000) * POINT;
        long close = open + (random.nextInt(41) - 20) * POINT;
        body.append("{\"ts\":\"").append(Instant.ofEpochMilli(time)).append("\",\"symbol\":\"").append(symbol);
        body.append("\",\"timeframe\":\"M1\",\"open\":");
        Prices.appendTo(body, open).append(",\"high\":");
        Prices.appendTo(body, Math.max(open, close) + 7 * POINT).append(",\"low\":");
        Prices.appendTo(body, Math.min(open, close) - 5 * POINT).append(",\"close\":");
        Prices.appendTo(body, close).append(",\"volume\":").append(random.nextInt(500)).append("},");
    }

    /**
     * Batches of ticks in order, 250 ms apart in each symbol.
     */
    static RequestTemplates ticks(Options options) {
        Random random = new Random(12);
        long start = Instant.parse(options.from()).toEpochMilli();
        int symbols = options.symbols().size();
        long bid = 108_000_000;
        List<byte[]> all = new ArrayList<>();
        for (int request = 0; request < options.requests(); request++) {
            StringBuilder body = new StringBuilder("{\"ticks\":[");
            for (int i = 0; i < options.batch(); i++) {
                long at = (long) request * options.batch() + i;
                bid += (random.nextInt(7) - 3) * POINT;
                body.append("{\"ts\":\"").append(Instant.ofEpochMilli(start + at / symbols * 250));
                body.append("\",\"symbol\":\"").append(options.symbols().get((int) (at % symbols)));
                Prices.appendTo(body.append("\",\"bid\":"), bid);
                Prices.appendTo(body.append(",\"ask\":"), bid + (5 + random.nextInt(10)) * POINT).append("},");
            }
            body.setCharAt(body.length() - 1, ']');
            all.add(post(options, "/ingest/tick", body.append('}').toString()));
        }
        return new RequestTemplates(all, options.batch(), "received");
    }

    /**
     * The last 500 candles of each symbol in turn.
     */
    static RequestTemplates reads(Options options) {
        List<byte[]> all = options.symbols()
            .stream()
            .map((symbol) -> head(options, "GET",
                    "/api/market-data?symbol=" + symbol + "&timeframe=M1&limit=" + Math.min(500, options.batch()), ""))
            .map((head) -> head.getBytes(StandardCharsets.US_ASCII))
            .toList();
        return new RequestTemplates(all, 1, "");
    }

    private static byte[] post(Options options, String path, String body) {
        String head = head(options, "POST", path,
                "Content-Type: application/json\r\nPrefer: return=minimal\r\nContent-Length: " + body.length()
                        + "\r\n");
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static String head(Options options, String method, String path, String more) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\nX-API-Key: %s\r\nAccept: application/json\r\n%s\r\n".formatted(method,
                path, options.url().getAuthority(), options.key(), more);
    }

}
