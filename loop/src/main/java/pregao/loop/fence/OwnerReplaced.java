package pregao.loop.fence;

/**
 * Somebody else has moved a partition: we do not own it any more.
 */
public final class OwnerReplaced extends RuntimeException {

    OwnerReplaced(String message) {
        super(message);
    }

}
