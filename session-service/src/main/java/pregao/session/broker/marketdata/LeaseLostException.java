package pregao.session.broker.marketdata;

/**
 * Thrown if another replica may hold the lease of the feed.
 */
@SuppressWarnings("serial")
final class LeaseLostException extends RuntimeException {

    LeaseLostException() {
        super("another replica may have the feed by now", null, false, false);
    }

}
