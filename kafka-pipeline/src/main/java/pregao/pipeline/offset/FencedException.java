package pregao.pipeline.offset;

/**
 * Somebody else has moved a partition: we do not own it any more.
 */
public final class FencedException extends RuntimeException {

    FencedException(String message) {
        super(message);
    }

}
