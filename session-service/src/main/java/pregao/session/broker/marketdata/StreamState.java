package pregao.session.broker.marketdata;

import java.util.Locale;

/**
 * How a stream is.
 */
enum StreamState {

    /** It begins when a session at the broker is open. */
    WAITING,
    /** Prices come. */
    STREAMING,
    /** The broker has nothing of this name. */
    NOT_TRADED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
