package pregao.contracts.feed;

/**
 * When a feed is expected to have prices.
 */
public enum TradingCalendar {

    /**
     * Weekend hours that had no data three weeks running are closed. Until three weeks
     * are known, the gap search decides from what it has.
     */
    AUTO(CalendarMessage.CALENDAR_AUTO),
    /** Every day of the week, as crypto. */
    ALWAYS(CalendarMessage.CALENDAR_ALWAYS),
    /** Sunday 17:00 to Friday 17:00 in New York. */
    FX(CalendarMessage.CALENDAR_FX);

    private final CalendarMessage message;

    TradingCalendar(CalendarMessage message) {
        this.message = message;
    }

    /**
     * The form on the wire.
     * @return the message's value
     */
    public CalendarMessage message() {
        return this.message;
    }

    /**
     * The calendar of a message.
     * @param message the message's value
     * @return the calendar
     * @throws IllegalArgumentException where this version does not know the value
     */
    public static TradingCalendar of(CalendarMessage message) {
        return switch (message) {
            case CALENDAR_AUTO -> AUTO;
            case CALENDAR_ALWAYS -> ALWAYS;
            case CALENDAR_FX -> FX;
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown calendar");
        };
    }

}
