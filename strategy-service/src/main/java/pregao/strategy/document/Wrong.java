package pregao.strategy.document;

/**
 * Something in a document that is wrong.
 *
 * @param path where, such as {@code buy.all[1].above[0]}
 * @param expected what would be right
 */
public record Wrong(String path, String expected) {

}
