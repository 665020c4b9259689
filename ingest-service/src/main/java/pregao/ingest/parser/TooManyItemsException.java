package pregao.ingest.parser;

/**
 * Thrown if a request has more items than allowed. The sender should split it.
 */
public final class TooManyItemsException extends Exception {

    TooManyItemsException(int maxItems) {
        super("more than %,d items".formatted(maxItems));
    }

}
