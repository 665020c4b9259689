package pregao.session.price;

/**
 * Another replica may have the feed by now.
 */
@SuppressWarnings("serial")
final class TenureLost extends RuntimeException {

    TenureLost() {
        super("another replica may have the feed by now", null, false, false);
    }

}
