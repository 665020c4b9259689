package pregao.webapi.problem;

/**
 * What is wrong in one place of a request.
 *
 * @param field which field
 * @param expected what would be right
 */
public record FieldViolation(String field, String expected) {

}
