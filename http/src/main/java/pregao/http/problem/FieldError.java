package pregao.http.problem;

/**
 * What is wrong in one place of a request.
 *
 * @param field which field
 * @param expected what would be right
 */
public record FieldError(String field, String expected) {

}
