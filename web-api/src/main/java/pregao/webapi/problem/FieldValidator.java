package pregao.webapi.problem;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Validator of the fields of a request. It collects all violations, so that the response
 * reports them together.
 */
public final class FieldValidator {

    private final List<FieldViolation> errors = new ArrayList<>();

    /**
     * Validates a required text.
     * @param field the field name
     * @param value the value as sent
     * @param maxLength the maximum number of characters
     * @return the text, or an empty string if it is invalid
     */
    public String text(String field, @Nullable String value, int maxLength) {
        boolean isValid = value != null && !value.isBlank() && value.length() <= maxLength && TextRule.isPlain(value);
        require(isValid, field, "a text of 1 to %d characters".formatted(maxLength));
        return (value != null && isValid) ? value : "";
    }

    /**
     * Validates a required name and normalizes it to the form in which names are
     * compared.
     * @param field the field name
     * @param value the value as sent
     * @param maxLength the maximum number of characters
     * @return the normalized name; use it only if {@link #check} does not throw
     */
    public String name(String field, @Nullable String value, int maxLength) {
        String name = TextRule.normalize(text(field, value, maxLength));
        require(TextRule.isName(name, maxLength), field, TextRule.expectedName(maxLength));
        return name;
    }

    /**
     * Records a violation if a rule is broken. Only the first violation of each field is
     * kept.
     * @param isValid whether the rule holds
     * @param field the field name
     * @param expected a description of a valid value
     */
    public void require(boolean isValid, String field, String expected) {
        if (!isValid && this.errors.stream().noneMatch((error) -> error.field().equals(field))) {
            this.errors.add(new FieldViolation(field, expected));
        }
    }

    /**
     * Throws if any field is invalid.
     * @throws ProblemException 422 with all violations
     */
    public void check() {
        if (!this.errors.isEmpty()) {
            throw ProblemDefinition.invalidFields(this.errors).asException();
        }
    }

}
