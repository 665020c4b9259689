package pregao.webapi.problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, read one by one; what is wrong is collected, so that the
 * caller learns of everything at once. Where both {@code from} and {@code to} are times,
 * {@code to} must be after {@code from}.
 */
public final class QueryParameters {

    private final Map<String, String> given;

    private final List<FieldViolation> errors = new ArrayList<>();

    private @Nullable Instant from;

    private @Nullable Instant to;

    public QueryParameters(Map<String, String> given) {
        this.given = given;
    }

    /**
     * A parameter that may be missing.
     * @param <T> what it means
     * @param name the parameter
     * @param expected what the caller is told where it is wrong
     * @param reading from text to meaning
     * @return null where it is missing, empty or wrong
     */
    public <T> @Nullable T optional(String name, String expected, Function<String, Optional<T>> reading) {
        String text = this.given.get(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        Optional<T> value = reading.apply(text);
        if (value.isEmpty()) {
            wrong(name, expected);
        }
        else if (value.get() instanceof Instant time) {
            checkPeriod(name, time);
        }
        return value.orElse(null);
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
            wrong("to", "a time after from");
        }
    }

    public <T> @Nullable T required(String name, String expected, Function<String, Optional<T>> reading) {
        if (this.given.getOrDefault(name, "").isEmpty()) {
            wrong(name, expected);
        }
        return optional(name, expected, reading);
    }

    public void wrong(String name, String expected) {
        this.errors.add(new FieldViolation(name, expected));
    }

    public InvalidParametersException failure() {
        return new InvalidParametersException(this.errors);
    }

    public boolean anyWrong() {
        return !this.errors.isEmpty();
    }

}
