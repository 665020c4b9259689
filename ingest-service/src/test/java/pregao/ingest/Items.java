package pregao.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builder of valid items as JSON, in which tests replace single fields.
 */
final class Items {

    private final Map<String, String> fields = new LinkedHashMap<>();

    private Items() {
    }

    static Items candle() {
        return new Items().with("ts", "\"2025-10-20T03:00:00Z\"")
            .with("symbol", "\"EURUSD\"")
            .with("timeframe", "\"M1\"")
            .with("open", "1.0855")
            .with("high", "1.0857")
            .with("low", "1.0854")
            .with("close", "1.0856")
            .with("volume", "150");
    }

    static Items tick() {
        return new Items().with("ts", "\"2025-10-20T03:01:10.123Z\"")
            .with("symbol", "\"EURUSD\"")
            .with("bid", "1.0855")
            .with("ask", "1.0857");
    }

    /**
     * Sets a field.
     * @param field the name of the field
     * @param json the value as JSON, or other text in its place
     * @return this builder
     */
    Items with(String field, String json) {
        this.fields.put(field, json);
        return this;
    }

    Items without(String field) {
        this.fields.remove(field);
        return this;
    }

    String json() {
        return this.fields.entrySet()
            .stream()
            .map((field) -> '"' + field.getKey() + "\":" + field.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    }

}
