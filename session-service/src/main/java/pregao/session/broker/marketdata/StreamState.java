package pregao.session.broker.marketdata;

import java.util.Locale;

/**
 * The state of a stream.
 */
enum StreamState {

    /** The stream starts when a session at the broker is open. */
    WAITING,
    /** The stream receives prices. */
    STREAMING,
    /** The broker has no instrument with this symbol. */
    NOT_TRADED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
