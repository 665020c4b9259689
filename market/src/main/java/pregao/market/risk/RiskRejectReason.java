package pregao.market.risk;

import java.util.Locale;

/**
 * Why an order is not made.
 */
public enum RiskRejectReason {

    /** It is larger than one order may be. */
    STAKE_LIMIT,
    /** Too much would be at risk together. */
    EXPOSURE_LIMIT,
    /** Too much was lost today. */
    DAILY_LOSS,
    /** Too much was lost since the best moment. */
    DRAWDOWN_STOP,
    /** More entries may follow than the account allows. */
    GALE_LIMIT,
    /** There is not as much money. */
    BALANCE,
    /** A protection of the bot rests. */
    PROTECTION,
    /** The price is too old to act on. */
    STALE_PRICE,
    /** The user or an operator has stopped everything. */
    KILL_SWITCH,
    /** The bot does not run any more. */
    BOT_STOPPED,
    /** The operator or the user has not switched real money on. */
    REAL_MONEY_OFF,
    /** Another order for it is not over. */
    UNRESOLVED,
    /** The amount is less than can be traded. */
    TOO_SMALL,
    /** It is paid in another currency than that of the account. */
    NO_RATE;

    /**
     * The form in tables and answers.
     * @return such as {@code stake_limit}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
