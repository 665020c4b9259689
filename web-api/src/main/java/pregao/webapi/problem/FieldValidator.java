package pregao.webapi.problem;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Looks at the fields of a request and gathers what is wrong, so that all of it is told
 * at once.
 */
public final class FieldValidator {

    private final List<FieldViolation> errors = new ArrayList<>();

    /**
     * A text that must be there.
     * @param field its name
     * @param value as sent
     * @param maxLength how many characters it may have
     * @return the text; empty where it is wrong
     */
    public String text(String field, @Nullable String value, int maxLength) {
        boolean isValid = value != null && !value.isBlank() && value.length() <= maxLength && TextRule.isPlain(value);
        require(isValid, field, "a text of 1 to %d characters".formatted(maxLength));
        return (value != null && isValid) ? value : "";
    }

    /**
     * A name that must be there, in the form in which names are compared.
     * @param field its name
     * @param value as sent
     * @param maxLength how many characters it may have
     * @return the name; empty where it is wrong
     */
    public String name(String field, @Nullable String value, int maxLength) {
        String name = TextRule.normalize(text(field, value, maxLength));
        require(TextRule.isName(name, maxLength), field, TextRule.expectedName(maxLength));
        return name;
    }

    /**
     * Notes a rule that is broken.
     * @param isValid whether it holds
     * @param field whose
     * @param expected what would be right
     */
    public void require(boolean isValid, String field, String expected) {
        if (!isValid && this.errors.stream().noneMatch((error) -> error.field().equals(field))) {
            this.errors.add(new FieldViolation(field, expected));
        }
    }

    /**
     * Ends the look.
     * @throws ProblemException 422 where anything is wrong
     */
    public void check() {
        if (!this.errors.isEmpty()) {
            throw ProblemDefinition.invalidFields(this.errors).asException();
        }
    }

}
