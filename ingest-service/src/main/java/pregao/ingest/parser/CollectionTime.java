package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * When an EA collected a candle: the field {@code collected_at} of the item's object
 * {@code meta}. One that cannot be read says nothing.
 */
final class CollectionTime {

    private final TimestampParser time = new TimestampParser();

    private boolean known;

    void clear() {
        this.known = false;
    }

    /**
     * Reads the object.
     * @param parser on the value of {@code meta}, afterwards on its end
     * @param value room for a value
     */
    void take(JsonParser parser, JsonValueSlice value) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            value.look(parser);
            return;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            boolean readable = value.look(parser);
            if ("collected_at".equals(name)) {
                this.known = readable && this.time.read(value, false);
            }
        }
    }

    /**
     * When it was.
     * @param clock of the request
     * @return epoch milliseconds, or null where nobody said
     */
    @Nullable Long millis(TimestampResolver clock) {
        return this.known ? this.time.wallMillis() - clock.offsetMillis(this.time) : null;
    }

}
