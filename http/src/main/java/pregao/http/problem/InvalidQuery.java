package pregao.http.problem;

import java.util.List;

/**
 * A request with parameters that are missing or wrong; all of them are named.
 */
public final class InvalidQuery extends RuntimeException {

    private final transient List<FieldError> errors;

    public InvalidQuery(List<FieldError> errors) {
        super("wrong parameters: " + errors);
        this.errors = List.copyOf(errors);
    }

    public List<FieldError> errors() {
        return this.errors;
    }

}
