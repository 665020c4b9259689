package pregao.webapi.problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Query parameters of a request. It collects all violations, so that the response reports
 * them together. If both {@code from} and {@code to} are times, {@code to} must be after
 * {@code from}.
 */
public final class QueryParameters {

    private final Map<String, String> parameters;

    private final List<FieldViolation> errors = new ArrayList<>();

    private @Nullable Instant from;

    private @Nullable Instant to;

    public QueryParameters(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Returns an optional parameter.
     * @param <T> the type of the parsed value
     * @param name the parameter name
     * @param expected a description of a valid value, reported if the value is invalid
     * @param parser the function that parses the text; returns empty for an invalid value
     * @return the parsed value, or null if it is missing, empty or invalid
     */
    public <T> @Nullable T optional(String name, String expected, Function<String, Optional<T>> parser) {
        String value = this.parameters.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        Optional<T> parsed = parser.apply(value);
        if (parsed.isEmpty()) {
            addError(name, expected);
        }
        else if (parsed.get() instanceof Instant time) {
            checkPeriod(name, time);
        }
        return parsed.orElse(null);
    }

    private void checkPeriod(String name, Instant time) {
        if (name.equals("from")) {
            this.from = time;
        }
        else if (name.equals("to")) {
            this.to = time;
        }
        else {
            return;
        }
        if (this.from != null && this.to != null && !this.from.isBefore(this.to)) {
            addError("to", "a time after from");
        }
    }

    public <T> @Nullable T required(String name, String expected, Function<String, Optional<T>> parser) {
        if (this.parameters.getOrDefault(name, "").isEmpty()) {
            addError(name, expected);
        }
        return optional(name, expected, parser);
    }

    public void addError(String name, String expected) {
        this.errors.add(new FieldViolation(name, expected));
    }

    public InvalidParametersException toException() {
        return new InvalidParametersException(this.errors);
    }

    public boolean hasErrors() {
        return !this.errors.isEmpty();
    }

}
