package pregao.webapi.problem;

import java.util.List;

/**
 * Thrown for a request with missing or invalid parameters. It names all of them.
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
