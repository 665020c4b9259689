package pregao.webapi.problem;

import java.util.List;

/**
 * A request with parameters that are missing or wrong; all of them are named.
 */
public final class InvalidParametersException extends RuntimeException {

    private final transient List<FieldViolation> errors;

    public InvalidParametersException(List<FieldViolation> errors) {
        super("wrong parameters: " + errors);
        this.errors = List.copyOf(errors);
    }

    public List<FieldViolation> errors() {
        return this.errors;
    }

}
