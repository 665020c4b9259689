package pregao.strategy.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.EpochMillis;
import pregao.webapi.problem.TextRule;

/**
 * Reads the fields of one object of a document. A wrong field is recorded with its path
 * and read as a valid substitute, so that one pass finds all errors. The caller checks
 * the errors at the end.
 */
public final class ObjectReader {

    /** Prices never need more digits, and longer numbers are slow to compare. */
    private static final int MAX_DIGITS = 40;

    private final JsonNode node;

    private final String path;

    private final List<DocumentError> errors;

    private final Set<String> readFields = new HashSet<>();

    private ObjectReader(JsonNode node, String path, List<DocumentError> errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
    }

    /**
     * Creates a reader.
     * @param node the node that should be an object
     * @param path the path of the node; empty for the whole document
     * @param errors the list to which errors are added
     * @return the reader; it reads an empty object if the node is not an object
     */
    public static ObjectReader of(@Nullable JsonNode node, String path, List<DocumentError> errors) {
        if (node != null && node.isObject()) {
            return new ObjectReader(node, path, errors);
        }
        errors.add(new DocumentError(path.isEmpty() ? "body" : path, "an object"));
        return new ObjectReader(ExactJson.createObject(), path, new ArrayList<>());
    }

    /**
     * Returns the path of a field.
     * @param field the name of the field
     * @return the path, such as {@code sweep.by}
     */
    public String path(String field) {
        return this.path.isEmpty() ? field : this.path + "." + field;
    }

    /**
     * Records an error, unless the field already has one.
     * @param field the name of the field, or the remainder of the path
     * @param expected a description of what is expected
     */
    public void addError(String field, String expected) {
        String errorPath = path(field);
        if (this.errors.stream().noneMatch((error) -> error.path().equals(errorPath))) {
            this.errors.add(new DocumentError(errorPath, expected));
        }
    }

    public List<DocumentError> errors() {
        return this.errors;
    }

    /**
     * Returns the value of a field.
     * @param field the name of the field
     * @return the value, or null if the field is missing or null
     */
    public @Nullable JsonNode get(String field) {
        this.readFields.add(field);
        JsonNode value = this.node.get(field);
        return (value == null || value.isNull()) ? null : value;
    }

    /**
     * Returns a reader for an object in a field.
     * @param field the name of the field
     * @return the reader; it reads an empty object if the field is missing or wrong
     */
    public ObjectReader child(String field) {
        return of(get(field), path(field), this.errors);
    }

    /**
     * Returns the elements of an array.
     * @param field the name of the field
     * @param maxItems the maximum number of elements
     * @return the elements; empty if the field is missing or wrong
     */
    public List<JsonNode> array(String field, int maxItems) {
        JsonNode array = get(field);
        if (array == null) {
            return List.of();
        }
        if (!array.isArray() || array.size() > maxItems) {
            addError(field, "an array of at most " + maxItems);
            return List.of();
        }
        return List.copyOf(array.values());
    }

    /**
     * Returns a required text.
     * @param field the name of the field
     * @param maxLength the maximum number of characters
     * @return the text; empty if it is wrong
     */
    public String text(String field, int maxLength) {
        JsonNode value = get(field);
        String text = (value != null && value.isString()) ? value.stringValue() : "";
        if (text.isBlank() || text.length() > maxLength || !TextRule.isPlain(text)) {
            addError(field, "a text of 1 to %d characters".formatted(maxLength));
            return "";
        }
        return text;
    }

    /**
     * Returns a required name in the normalized form in which names are compared.
     * @param field the name of the field
     * @param maxLength the maximum number of characters
     * @return the name; empty if it is wrong
     */
    public String name(String field, int maxLength) {
        String name = TextRule.normalize(text(field, maxLength));
        if (!TextRule.isName(name, maxLength)) {
            addError(field, TextRule.expectedName(maxLength));
            return "";
        }
        return name;
    }

    /**
     * Returns the value that a word stands for.
     * @param <T> the type of the values
     * @param field the name of the field
     * @param valuesByName the allowed words with their values
     * @param defaultValue the value of a missing field; null if the field is required
     * @return the value; an arbitrary one if the field is wrong
     */
    public <T> T oneOf(String field, Map<String, T> valuesByName, @Nullable T defaultValue) {
        JsonNode node = get(field);
        T value = (node == null) ? defaultValue : node.isString() ? valuesByName.get(node.stringValue()) : null;
        if (value == null) {
            addError(field, "one of " + String.join(", ", valuesByName.keySet()));
            return valuesByName.values().iterator().next();
        }
        return value;
    }

    /**
     * Returns a decimal.
     * @param field the name of the field
     * @param range the allowed range
     * @param defaultValue the value of a missing field; null if the field is required
     * @return the decimal; a valid one of the range if the field is wrong
     */
    public BigDecimal decimal(String field, DecimalRange range, @Nullable BigDecimal defaultValue) {
        JsonNode fieldNode = get(field);
        BigDecimal value = (fieldNode == null) ? defaultValue : decimal(fieldNode);
        if (value == null || !range.contains(value)) {
            addError(field, range.describe());
            return range.fallback();
        }
        return ExactJson.normalize(value);
    }

    /**
     * Returns a JSON number as a decimal.
     * @param node any node
     * @return the decimal, or null if the node is not a number or has too many digits
     */
    public static @Nullable BigDecimal decimal(JsonNode node) {
        if (!node.isNumber()) {
            return null;
        }
        BigDecimal value = node.decimalValue();
        boolean isInRange = value.precision() <= MAX_DIGITS && Math.abs((long) value.scale()) <= MAX_DIGITS;
        return isInRange ? value : null;
    }

    /**
     * Returns an integer.
     * @param field the name of the field
     * @param min the smallest allowed value
     * @param max the largest allowed value
     * @param defaultValue the value of a missing field; null if the field is required
     * @return the integer; {@code min} if the field is wrong
     */
    public long integer(String field, long min, long max, @Nullable Long defaultValue) {
        DecimalRange range = new DecimalRange(BigDecimal.valueOf(min), true, BigDecimal.valueOf(max), 0);
        return decimal(field, range, (defaultValue != null) ? BigDecimal.valueOf(defaultValue) : null).longValue();
    }

    /**
     * Returns a boolean.
     * @param field the name of the field
     * @return the boolean; false if the field is missing or wrong
     */
    public boolean bool(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isBoolean()) {
            addError(field, "true or false");
        }
        return value != null && value.isBoolean() && value.booleanValue();
    }

    /**
     * Returns a required time.
     * @param field the name of the field
     * @return the time; 1970-01-01T00:00Z if the field is wrong
     */
    public Instant instant(String field) {
        JsonNode value = get(field);
        try {
            Instant instant = OffsetDateTime.parse((value != null && value.isString()) ? value.stringValue() : "")
                .toInstant();
            if (instant.toEpochMilli() >= EpochMillis.FIRST && instant.toEpochMilli() <= EpochMillis.LAST) {
                return instant;
            }
        }
        catch (DateTimeException | ArithmeticException ex) {
            // reported below
        }
        addError(field, "a time with offset, such as 2025-10-20T03:00:00Z");
        return Instant.EPOCH;
    }

    /**
     * Returns a required duration.
     * @param field the name of the field
     * @param max the longest allowed duration; the shortest is one minute
     * @return the duration; one minute if the field is wrong
     */
    public Duration duration(String field, Duration max) {
        JsonNode value = get(field);
        try {
            Duration duration = Duration.parse((value != null && value.isString()) ? value.stringValue() : "");
            if (duration.compareTo(Duration.ofMinutes(1)) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        }
        catch (DateTimeException | ArithmeticException ex) {
            // reported below
        }
        addError(field, "a duration from PT1M to %s, such as PT2H".formatted(max));
        return Duration.ofMinutes(1);
    }

    /**
     * Records an error for each field that the caller has not read, because a misspelled
     * field would otherwise be ignored silently.
     */
    public void rejectUnknownFields() {
        for (String field : this.node.propertyNames()) {
            if (!this.readFields.contains(field)) {
                addError(Objects.requireNonNull(field).length() > MAX_DIGITS ? "…" : field,
                        "no such field; known are " + String.join(", ", this.readFields.stream().sorted().toList()));
            }
        }
    }

}
