package pregao.strategy.account;

import java.util.Locale;

/**
 * How far a kill switch goes.
 */
public enum KillLevel {

    /** Nothing is opened. */
    BLOCK,
    /** Also, an order to open that no broker has is not sent any more. */
    CANCEL,
    /** Also, bots stop and close what they hold, and what is held by hand is sold. */
    FLATTEN;

    /**
     * The level as it is written.
     * @return in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
