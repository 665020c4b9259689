package pregao.strategy.json;

/**
 * Something in a document that is wrong.
 *
 * @param path where, such as {@code buy.all[1].above[0]}
 * @param expected what would be right
 */
public record DocumentError(String path, String expected) {

}
