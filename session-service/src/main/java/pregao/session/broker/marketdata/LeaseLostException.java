package pregao.session.broker.marketdata;

/**
 * Another replica may have the feed by now.
 */
@SuppressWarnings("serial")
final class LeaseLostException extends RuntimeException {

    LeaseLostException() {
        super("another replica may have the feed by now", null, false, false);
    }

}
