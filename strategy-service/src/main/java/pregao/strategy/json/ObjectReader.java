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
 * An object of a document that is being read. What is wrong is noted with its path and
 * read as something harmless, so that the reading goes on to the next thing that is
 * wrong; whoever reads looks at the notes in the end.
 */
public final class ObjectReader {

    /** Longer numbers are nobody's prices, and cost time to compare. */
    private static final int MOST_DIGITS = 40;

    private final JsonNode node;

    private final String path;

    private final List<DocumentError> wrong;

    private final Set<String> known = new HashSet<>();

    private ObjectReader(JsonNode node, String path, List<DocumentError> wrong) {
        this.node = node;
        this.path = path;
        this.wrong = wrong;
    }

    /**
     * Begins to read.
     * @param node what should be an object
     * @param path of it; empty for the whole document
     * @param wrong takes what is wrong
     * @return an empty one where it is none
     */
    public static ObjectReader of(@Nullable JsonNode node, String path, List<DocumentError> wrong) {
        if (node != null && node.isObject()) {
            return new ObjectReader(node, path, wrong);
        }
        wrong.add(new DocumentError(path.isEmpty() ? "body" : path, "an object"));
        return new ObjectReader(ExactJson.object(), path, new ArrayList<>());
    }

    /**
     * The path of a field.
     * @param field its name
     * @return such as {@code sweep.by}
     */
    public String path(String field) {
        return this.path.isEmpty() ? field : this.path + "." + field;
    }

    /**
     * Notes a field that is wrong.
     * @param field its name, or what follows the path
     * @param expected what would be right
     */
    public void wrong(String field, String expected) {
        String at = path(field);
        if (this.wrong.stream().noneMatch((one) -> one.path().equals(at))) {
            this.wrong.add(new DocumentError(at, expected));
        }
    }

    public List<DocumentError> wrong() {
        return this.wrong;
    }

    /**
     * What a field holds.
     * @param field its name
     * @return null where it is missing or null
     */
    public @Nullable JsonNode get(String field) {
        this.known.add(field);
        JsonNode jsonNode = this.node.get(field);
        return (jsonNode == null || jsonNode.isNull()) ? null : jsonNode;
    }

    /**
     * An object in a field.
     * @param field its name
     * @return an empty one where it is missing or wrong
     */
    public ObjectReader child(String field) {
        return of(get(field), path(field), this.wrong);
    }

    /**
     * The elements of an array.
     * @param field its name
     * @param most how many there may be
     * @return none where it is missing
     */
    public List<JsonNode> items(String field, int most) {
        JsonNode jsonNode = get(field);
        if (jsonNode == null) {
            return List.of();
        }
        if (!jsonNode.isArray() || jsonNode.size() > most) {
            wrong(field, "an array of at most " + most);
            return List.of();
        }
        return List.copyOf(jsonNode.values());
    }

    /**
     * A text that must be there.
     * @param field its name
     * @param longest how many characters it may have
     * @return empty where it is wrong
     */
    public String text(String field, int longest) {
        JsonNode jsonNode = get(field);
        String text = (jsonNode != null && jsonNode.isString()) ? jsonNode.stringValue() : "";
        if (text.isBlank() || text.length() > longest || !TextRule.isPlain(text)) {
            wrong(field, "a text of 1 to %d characters".formatted(longest));
            return "";
        }
        return text;
    }

    /**
     * A name that must be there, in the form in which names are compared.
     * @param field its name
     * @param longest how many characters it may have
     * @return empty where it is wrong
     */
    public String name(String field, int longest) {
        String name = TextRule.form(text(field, longest));
        if (!TextRule.isName(name, longest)) {
            wrong(field, TextRule.expectedName(longest));
            return "";
        }
        return name;
    }

    /**
     * One of some words.
     * @param <T> what a word means
     * @param field its name
     * @param words what may be there, with their meanings
     * @param usual what is meant where it is missing; null where it must be there
     * @return any of them where it is wrong
     */
    public <T> T word(String field, Map<String, T> words, @Nullable T usual) {
        JsonNode jsonNode = get(field);
        T meant = (jsonNode == null) ? usual : jsonNode.isString() ? words.get(jsonNode.stringValue()) : null;
        if (meant == null) {
            wrong(field, "one of " + String.join(", ", words.keySet()));
            return words.values().iterator().next();
        }
        return meant;
    }

    /**
     * A decimal.
     * @param field its name
     * @param bounds what it may be
     * @param usual what is meant where it is missing; null where it must be there
     * @return the least where it is wrong
     */
    public BigDecimal decimal(String field, DecimalRange bounds, @Nullable BigDecimal usual) {
        JsonNode jsonNode = get(field);
        BigDecimal value = (jsonNode == null) ? usual : decimal(jsonNode);
        if (value == null || !bounds.holds(value)) {
            wrong(field, bounds.text());
            return bounds.harmless();
        }
        return ExactJson.plain(value);
    }

    /**
     * A number as a decimal.
     * @param node any
     * @return null where it is no number, or one of too many digits
     */
    public static @Nullable BigDecimal decimal(JsonNode node) {
        if (!node.isNumber()) {
            return null;
        }
        BigDecimal value = node.decimalValue();
        boolean small = value.precision() <= MOST_DIGITS && Math.abs((long) value.scale()) <= MOST_DIGITS;
        return small ? value : null;
    }

    /**
     * A whole number.
     * @param field its name
     * @param least it may be
     * @param most it may be
     * @param usual what is meant where it is missing; null where it must be there
     * @return the least where it is wrong
     */
    public long whole(String field, long least, long most, @Nullable Long usual) {
        DecimalRange bounds = new DecimalRange(BigDecimal.valueOf(least), true, BigDecimal.valueOf(most), 0);
        return decimal(field, bounds, (usual != null) ? BigDecimal.valueOf(usual) : null).longValue();
    }

    /**
     * Yes or no.
     * @param field its name
     * @return no where it is missing
     */
    public boolean flag(String field) {
        JsonNode jsonNode = get(field);
        if (jsonNode != null && !jsonNode.isBoolean()) {
            wrong(field, "true or false");
        }
        return jsonNode != null && jsonNode.isBoolean() && jsonNode.booleanValue();
    }

    /**
     * A moment that must be there.
     * @param field its name
     * @return 1970 where it is wrong
     */
    public Instant moment(String field) {
        JsonNode jsonNode = get(field);
        try {
            Instant moment = OffsetDateTime
                .parse((jsonNode != null && jsonNode.isString()) ? jsonNode.stringValue() : "")
                .toInstant();
            if (moment.toEpochMilli() >= EpochMillis.FIRST && moment.toEpochMilli() <= EpochMillis.LAST) {
                return moment;
            }
        }
        catch (DateTimeException | ArithmeticException ex) {
            // told below
        }
        wrong(field, "a time with offset, such as 2025-10-20T03:00:00Z");
        return Instant.EPOCH;
    }

    /**
     * A duration that must be there.
     * @param field its name
     * @param longest it may be; at least a minute
     * @return a minute where it is wrong
     */
    public Duration duration(String field, Duration longest) {
        JsonNode jsonNode = get(field);
        try {
            Duration duration = Duration.parse((jsonNode != null && jsonNode.isString()) ? jsonNode.stringValue() : "");
            if (duration.compareTo(Duration.ofMinutes(1)) >= 0 && duration.compareTo(longest) <= 0) {
                return duration;
            }
        }
        catch (DateTimeException | ArithmeticException ex) {
            // told below
        }
        wrong(field, "a duration from PT1M to %s, such as PT2H".formatted(longest));
        return Duration.ofMinutes(1);
    }

    /**
     * Notes fields that nobody has asked for: what is misspelt would be passed over in
     * silence.
     */
    public void noOthers() {
        for (String field : this.node.propertyNames()) {
            if (!this.known.contains(field)) {
                wrong(Objects.requireNonNull(field).length() > MOST_DIGITS ? "…" : field,
                        "no such field; known are " + String.join(", ", this.known.stream().sorted().toList()));
            }
        }
    }

}
