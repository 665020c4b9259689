package pregao.webapi.problem;

/**
 * Violation of a rule by one field of a request.
 *
 * @param field the field name
 * @param expected a description of a valid value
 */
public record FieldViolation(String field, String expected) {

}
