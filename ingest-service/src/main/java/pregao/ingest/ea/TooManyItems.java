package pregao.ingest.ea;

/**
 * A request with more items than one may have; its sender halves it.
 */
public final class TooManyItems extends Exception {

    TooManyItems(int most) {
        super("more than %,d items".formatted(most));
    }

}
