package pregao.indicators.query;

/**
 * One parameter that is wrong.
 *
 * @param field the parameter's name
 * @param expected what it should have been
 */
public record FieldError(String field, String expected) {

}
