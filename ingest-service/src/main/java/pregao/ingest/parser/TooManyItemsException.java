package pregao.ingest.parser;

/**
 * A request with more items than one may have; its sender halves it.
 */
public final class TooManyItemsException extends Exception {

    TooManyItemsException(int maxItems) {
        super("more than %,d items".formatted(maxItems));
    }

}
