package pregao.ingest.ea;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * The ways items are wrapped: an array, an object with an array in it, or one item alone.
 */
final class Envelope {

    /** The most items of one request. */
    static final int MOST_ITEMS = 1000;

    private static final String EXPECTED = "an item, [item, …] or {\"items\":[item, …]}";

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final JsonParser parser;

    private final ItemReader items;

    private final ValueText value = new ValueText();

    private int count;

    private Envelope(JsonParser parser, ItemReader items) {
        this.parser = parser;
        this.items = items;
    }

    /**
     * Reads a body.
     * @param body the bytes
     * @param items makes items of the objects
     * @throws UnreadableBody where it is not JSON, or JSON of another shape
     * @throws TooManyItems where there are more than {@link #MOST_ITEMS}
     */
    static void read(BodyText body, ItemReader items) throws UnreadableBody, TooManyItems {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body.bytes(), body.from(),
                body.length())) {
            new Envelope(parser, items).readDocument();
        }
        catch (JacksonException ex) {
            throw unreadable(ex.getOriginalMessage(), "JSON", ex.getLocation());
        }
    }

    private void readDocument() throws UnreadableBody, TooManyItems {
        JsonToken first = this.parser.nextToken();
        if (first == null) {
            throw new UnreadableBody("the body is empty", EXPECTED);
        }
        switch (first) {
            case START_ARRAY -> readArray();
            case START_OBJECT -> readObject();
            default -> throw here("the body is neither an object nor an array");
        }
        if (this.parser.nextToken() != null) {
            throw here("something follows the JSON value");
        }
    }

    private void readObject() throws UnreadableBody, TooManyItems {
        boolean wrapped = false;
        boolean alone = false;
        this.items.begin();
        for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
            this.parser.nextToken();
            if (isArrayName(name)) {
                if (this.parser.currentToken() != JsonToken.START_ARRAY) {
                    throw here(name + " is not an array");
                }
                wrapped = true;
                readArray();
            }
            else if (this.items.take(name, this.parser)) {
                alone = true;
            }
            else {
                this.parser.skipChildren();
            }
        }
        if (!wrapped && !alone) {
            throw here("there is no item in the body");
        }
        if (!wrapped) {
            counted();
            this.items.end();
        }
    }

    private static boolean isArrayName(String name) {
        return switch (name) {
            case "items", "ticks", "candles", "bars" -> true;
            default -> false;
        };
    }

    private void readArray() throws TooManyItems {
        for (JsonToken token = this.parser.nextToken(); token != JsonToken.END_ARRAY; token = this.parser.nextToken()) {
            counted();
            if (token == JsonToken.START_OBJECT) {
                readItem();
            }
            else {
                this.value.look(this.parser);
                this.items.endOfOther(this.value.shown());
            }
        }
    }

    private void readItem() {
        this.items.begin();
        for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
            this.parser.nextToken();
            if (!this.items.take(name, this.parser)) {
                this.parser.skipChildren();
            }
        }
        this.items.end();
    }

    private void counted() throws TooManyItems {
        if (++this.count > MOST_ITEMS) {
            throw new TooManyItems(MOST_ITEMS);
        }
    }

    private UnreadableBody here(String message) {
        return unreadable(message, EXPECTED, this.parser.currentTokenLocation());
    }

    private static UnreadableBody unreadable(String message, String expected, @Nullable TokenStreamLocation location) {
        if (location == null) { // a limit, such as of nesting
            return new UnreadableBody(message, expected);
        }
        return new UnreadableBody(message, expected, Math.max(location.getLineNr(), 1),
                Math.max(location.getColumnNr(), 1), Math.max(location.getByteOffset(), 0));
    }

}
