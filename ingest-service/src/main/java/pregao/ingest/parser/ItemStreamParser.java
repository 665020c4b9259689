package pregao.ingest.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * The ways items are wrapped: an array, an object with an array in it, or one item alone.
 * Items inherit fields of the object around their array, wherever those stand in it.
 */
final class ItemStreamParser {

    static final JsonFactory JSON = JsonFactory.builder().build();

    private static final String EXPECTED = "an item, [item, …] or {\"items\":[item, …]}";

    private static final int MOST_INHERITED = 16;

    private final JsonParser parser;

    private final ItemHandler items;

    private final int mostItems;

    private final JsonValueSlice value = new JsonValueSlice();

    /** Fields of the object around the array. */
    private final List<Field> around;

    /** Whether all of those fields are known from a pass before. */
    private final boolean complete;

    private boolean late;

    private int count;

    private ItemStreamParser(JsonParser parser, ItemHandler items, int mostItems, @Nullable List<Field> around) {
        this.parser = parser;
        this.items = items;
        this.mostItems = mostItems;
        this.complete = around != null;
        this.around = (around != null) ? around : new ArrayList<>();
    }

    /**
     * Reads a body.
     * @param <T> the kind of items
     * @param body the bytes
     * @param mostItems how many items it may have
     * @param readers makes items of the objects, a new one for each pass
     * @return the reader of the last pass
     * @throws MalformedBodyException where it is not JSON, or JSON of another shape
     * @throws TooManyItemsException where there are too many
     */
    static <T extends ItemHandler> T read(BodyDecoder body, int mostItems, Supplier<T> readers)
            throws MalformedBodyException, TooManyItemsException {
        try {
            return readJson(body, mostItems, readers);
        }
        catch (JacksonException ex) {
            BodyDecoder repaired = BodyRepair.of(body);
            if (repaired != null) {
                try {
                    return readJson(repaired, mostItems, readers);
                }
                catch (JacksonException again) {
                    ex.addSuppressed(again);
                }
            }
            throw unreadable(ex);
        }
    }

    private static <T extends ItemHandler> T readJson(BodyDecoder body, int mostItems, Supplier<T> readers)
            throws MalformedBodyException, TooManyItemsException {
        T items = readers.get();
        List<Field> around = readPass(body, mostItems, items, null);
        if (around != null) {
            items = readers.get();
            readPass(body, mostItems, items, around);
        }
        return items;
    }

    /** Gives the fields around the array where they are needed for another pass. */
    private static @Nullable List<Field> readPass(BodyDecoder body, int mostItems, ItemHandler items,
            @Nullable List<Field> around) throws MalformedBodyException, TooManyItemsException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body.bytes(), body.from(),
                body.length())) {
            ItemStreamParser envelope = new ItemStreamParser(parser, items, mostItems, around);
            envelope.readDocument();
            return envelope.late ? envelope.around : null;
        }
    }

    private void readDocument() throws MalformedBodyException, TooManyItemsException {
        JsonToken first = this.parser.nextToken();
        if (first == null) {
            throw new MalformedBodyException("the body is empty", EXPECTED);
        }
        switch (first) {
            case START_ARRAY -> readArray();
            case START_OBJECT -> readObject();
            default -> throw errorAtCurrentToken("the body is neither an object nor an array");
        }
        if (this.parser.nextToken() != null) {
            throw errorAtCurrentToken("something follows the JSON value");
        }
    }

    private void readObject() throws MalformedBodyException, TooManyItemsException {
        boolean wrapped = false;
        boolean alone = false;
        this.items.onItemStart();
        for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
            this.parser.nextToken();
            if (isArray(name)) {
                wrapped = true;
                readArray();
            }
            else {
                keep(name, wrapped);
                if (this.items.onField(name, this.parser)) {
                    alone = true;
                }
                else {
                    this.parser.skipChildren();
                }
            }
        }
        if (!wrapped && !alone) {
            throw errorAtCurrentToken("there is no item in the body");
        }
        if (!wrapped) {
            this.late = false;
            checkItemLimit();
            this.items.onItemEnd();
        }
    }

    private boolean isArray(String name) throws MalformedBodyException {
        boolean array = this.parser.currentToken() == JsonToken.START_ARRAY;
        return switch (name) {
            case "items", "ticks", "candles", "bars" -> {
                if (!array) {
                    throw errorAtCurrentToken(name + " is not an array");
                }
                yield true;
            }
            case "rates", "data" -> array;
            default -> false;
        };
    }

    private void keep(String name, boolean behind) {
        if (!this.complete && this.items.inherits(name) && JsonValueSlice.isScalar(this.parser)
                && this.around.size() < MOST_INHERITED) {
            JsonToken kind = this.parser.currentToken();
            this.value.look(this.parser);
            this.around.add(new Field(name, this.value.toString(), kind));
            this.late |= behind;
        }
    }

    private void readArray() throws TooManyItemsException {
        for (JsonToken token = this.parser.nextToken(); token != JsonToken.END_ARRAY; token = this.parser.nextToken()) {
            checkItemLimit();
            if (token == JsonToken.START_OBJECT) {
                readItem();
            }
            else {
                this.value.look(this.parser);
                this.items.onNonObject(this.value.shown());
            }
        }
    }

    private void readItem() {
        this.items.onItemStart();
        for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
            this.parser.nextToken();
            if (!this.items.onField(name, this.parser)) {
                this.parser.skipChildren();
            }
        }
        for (Field field : this.around) {
            this.items.inherit(field.name(), this.value.of(field.text(), field.kind()));
        }
        this.items.onItemEnd();
    }

    private void checkItemLimit() throws TooManyItemsException {
        if (++this.count > this.mostItems) {
            throw new TooManyItemsException(this.mostItems);
        }
    }

    private MalformedBodyException errorAtCurrentToken(String message) {
        return unreadable(message, EXPECTED, this.parser.currentTokenLocation());
    }

    /** In our words: the library's name features of its own. */
    private static MalformedBodyException unreadable(JacksonException ex) {
        String message = (ex instanceof StreamConstraintsException) ? "a name, a string or the nesting is too long"
                : "this is not JSON";
        return unreadable(message, "JSON", ex.getLocation());
    }

    private static MalformedBodyException unreadable(String message, String expected,
            @Nullable TokenStreamLocation location) {
        if (location == null) { // a limit, such as of nesting
            return new MalformedBodyException(message, expected);
        }
        return new MalformedBodyException(message, expected, Math.max(location.getLineNr(), 1),
                Math.max(location.getColumnNr(), 1), Math.max(location.getByteOffset(), 0));
    }

    /**
     * A field of the object around the array.
     *
     * @param name its name
     * @param text its characters
     * @param kind what it is
     */
    private record Field(String name, String text, JsonToken kind) {
    }

}
