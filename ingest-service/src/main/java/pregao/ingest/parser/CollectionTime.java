package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Time at which an expert advisor collected a candle: the field {@code collected_at} of
 * the item's object {@code meta}. An unreadable time is ignored.
 */
final class CollectionTime {

    private final TimestampParser timestamp = new TimestampParser();

    private boolean present;

    void clear() {
        this.present = false;
    }

    /**
     * Reads the object {@code meta}.
     * @param parser the parser, on the value of {@code meta}; afterwards on its last
     * token
     * @param value a reusable slice
     */
    void read(JsonParser parser, JsonValueSlice value) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            value.read(parser);
            return;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            boolean readable = value.read(parser);
            if ("collected_at".equals(name)) {
                this.present = readable && this.timestamp.parse(value, false);
            }
        }
    }

    /**
     * Returns the collection time.
     * @param resolver the resolver of the request
     * @return epoch milliseconds, or null if the item has none
     */
    @Nullable Long millis(TimestampResolver resolver) {
        return this.present ? this.timestamp.wallMillis() - resolver.offsetMillis(this.timestamp) : null;
    }

}
