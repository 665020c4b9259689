package pregao.strategy.json;

/**
 * An error in a document.
 *
 * @param path the path of the field, such as {@code buy.all[1].above[0]}
 * @param expected a description of what is expected
 */
public record DocumentError(String path, String expected) {

}
