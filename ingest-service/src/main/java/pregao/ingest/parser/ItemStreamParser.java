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
 * Parser for the supported structures of a body: an array of items, an object with such
 * an array, or a single item. Items inherit fields of the object that encloses their
 * array, even if the fields follow the array.
 */
final class ItemStreamParser {

    static final JsonFactory JSON_FACTORY = JsonFactory.builder().build();

    private static final String EXPECTED = "an item, [item, …] or {\"items\":[item, …]}";

    private static final int MAX_INHERITED = 16;

    private final JsonParser parser;

    private final ItemHandler handler;

    private final int maxItems;

    private final JsonValueSlice value = new JsonValueSlice();

    /** Fields of the object that encloses the array. */
    private final List<Field> inheritedFields;

    /** Whether all inherited fields are known from an earlier pass. */
    private final boolean inheritedComplete;

    private boolean hasLateField;

    private int itemCount;

    private ItemStreamParser(JsonParser parser, ItemHandler handler, int maxItems,
            @Nullable List<Field> inheritedFields) {
        this.parser = parser;
        this.handler = handler;
        this.maxItems = maxItems;
        this.inheritedComplete = inheritedFields != null;
        this.inheritedFields = (inheritedFields != null) ? inheritedFields : new ArrayList<>();
    }

    /**
     * Parses a body.
     * @param <T> the type of the handler
     * @param body the body
     * @param maxItems the maximum number of items
     * @param handlers creates the handler of each pass
     * @return the handler of the last pass
     * @throws MalformedBodyException if the body is not JSON or has another structure
     * @throws TooManyItemsException if there are too many items
     */
    static <T extends ItemHandler> T parse(BodyDecoder body, int maxItems, Supplier<T> handlers)
            throws MalformedBodyException, TooManyItemsException {
        try {
            return parsePasses(body, maxItems, handlers);
        }
        catch (JacksonException ex) {
            BodyDecoder repaired = BodyRepair.repair(body);
            if (repaired != null) {
                try {
                    return parsePasses(repaired, maxItems, handlers);
                }
                catch (JacksonException repairFailure) {
                    ex.addSuppressed(repairFailure);
                }
            }
            throw toMalformedBody(ex);
        }
    }

    private static <T extends ItemHandler> T parsePasses(BodyDecoder body, int maxItems, Supplier<T> handlers)
            throws MalformedBodyException, TooManyItemsException {
        T handler = handlers.get();
        List<Field> inheritedFields = parsePass(body, maxItems, handler, null);
        if (inheritedFields != null) {
            handler = handlers.get();
            parsePass(body, maxItems, handler, inheritedFields);
        }
        return handler;
    }

    /** Returns the inherited fields if they require another pass, else null. */
    private static @Nullable List<Field> parsePass(BodyDecoder body, int maxItems, ItemHandler handler,
            @Nullable List<Field> inheritedFields) throws MalformedBodyException, TooManyItemsException {
        try (JsonParser parser = JSON_FACTORY.createParser(ObjectReadContext.empty(), body.bytes(), body.from(),
                body.length())) {
            ItemStreamParser streamParser = new ItemStreamParser(parser, handler, maxItems, inheritedFields);
            streamParser.readDocument();
            return streamParser.hasLateField ? streamParser.inheritedFields : null;
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
        boolean hasArray = false;
        boolean hasItemField = false;
        this.handler.onItemStart();
        for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
            this.parser.nextToken();
            if (isItemArray(name)) {
                hasArray = true;
                readArray();
            }
            else {
                recordInherited(name, hasArray);
                if (this.handler.onField(name, this.parser)) {
                    hasItemField = true;
                }
                else {
                    this.parser.skipChildren();
                }
            }
        }
        if (!hasArray && !hasItemField) {
            throw errorAtCurrentToken("there is no item in the body");
        }
        if (!hasArray) {
            this.hasLateField = false;
            checkItemLimit();
            this.handler.onItemEnd();
        }
    }

    private boolean isItemArray(String name) throws MalformedBodyException {
        boolean isArray = this.parser.currentToken() == JsonToken.START_ARRAY;
        return switch (name) {
            case "items", "ticks", "candles", "bars" -> {
                if (!isArray) {
                    throw errorAtCurrentToken(name + " is not an array");
                }
                yield true;
            }
            case "rates", "data" -> isArray;
            default -> false;
        };
    }

    private void recordInherited(String name, boolean afterArray) {
        if (!this.inheritedComplete && this.handler.isInheritable(name) && JsonValueSlice.isScalar(this.parser)
                && this.inheritedFields.size() < MAX_INHERITED) {
            JsonToken kind = this.parser.currentToken();
            this.value.read(this.parser);
            this.inheritedFields.add(new Field(name, this.value.toString(), kind));
            this.hasLateField |= afterArray;
        }
    }

    private void readArray() throws TooManyItemsException {
        for (JsonToken token = this.parser.nextToken(); token != JsonToken.END_ARRAY; token = this.parser.nextToken()) {
            checkItemLimit();
            if (token == JsonToken.START_OBJECT) {
                readItem();
            }
            else {
                this.value.read(this.parser);
                this.handler.onNonObject(this.value.describe());
            }
        }
    }

    private void readItem() {
        this.handler.onItemStart();
        for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
            this.parser.nextToken();
            if (!this.handler.onField(name, this.parser)) {
                this.parser.skipChildren();
            }
        }
        for (Field field : this.inheritedFields) {
            this.handler.onInheritedField(field.name(), this.value.set(field.text(), field.kind()));
        }
        this.handler.onItemEnd();
    }

    private void checkItemLimit() throws TooManyItemsException {
        if (++this.itemCount > this.maxItems) {
            throw new TooManyItemsException(this.maxItems);
        }
    }

    private MalformedBodyException errorAtCurrentToken(String message) {
        return toMalformedBody(message, EXPECTED, this.parser.currentTokenLocation());
    }

    /**
     * Does not use the message of the library, which mentions features of the library.
     */
    private static MalformedBodyException toMalformedBody(JacksonException ex) {
        String message = (ex instanceof StreamConstraintsException) ? "a name, a string or the nesting is too long"
                : "this is not JSON";
        return toMalformedBody(message, "JSON", ex.getLocation());
    }

    private static MalformedBodyException toMalformedBody(String message, String expected,
            @Nullable TokenStreamLocation location) {
        if (location == null) { // a limit, such as the maximum nesting
            return new MalformedBodyException(message, expected);
        }
        return new MalformedBodyException(message, expected, Math.max(location.getLineNr(), 1),
                Math.max(location.getColumnNr(), 1), Math.max(location.getByteOffset(), 0));
    }

    /**
     * Field of the object that encloses the array.
     *
     * @param name the name of the field
     * @param text the characters of the value
     * @param kind the token type of the value
     */
    private record Field(String name, String text, JsonToken kind) {
    }

}
