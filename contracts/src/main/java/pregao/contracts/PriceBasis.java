package pregao.contracts;

/**
 * Which price of a tick makes candles.
 */
public enum PriceBasis {

    /** Half-way between bid and ask, rounded half-up to 8 decimals. */
    MID(PriceBasisMessage.PRICE_BASIS_MID),
    /** The bid, as MetaTrader's charts. */
    BID(PriceBasisMessage.PRICE_BASIS_BID),
    /** The last trade; a tick without one makes no price. */
    LAST(PriceBasisMessage.PRICE_BASIS_LAST);

    private final PriceBasisMessage message;

    PriceBasis(PriceBasisMessage message) {
        this.message = message;
    }

    /**
     * The price of a tick by this basis.
     * @param bid units of 1e-8, 0 where it is unknown
     * @param ask units of 1e-8, 0 where it is unknown
     * @param last units of 1e-8, 0 where there was no trade
     * @return units of 1e-8, 0 where the tick makes no price
     */
    public long of(long bid, long ask, long last) {
        return switch (this) {
            case MID -> (bid == 0 || ask == 0) ? 0 : Prices.mid(bid, ask);
            case BID -> bid;
            case LAST -> last;
        };
    }

    /**
     * The form on the wire.
     * @return the message's value
     */
    public PriceBasisMessage message() {
        return this.message;
    }

    /**
     * The basis of a message.
     * @param message the message's value
     * @return the basis
     * @throws IllegalArgumentException where this version does not know the value
     */
    public static PriceBasis of(PriceBasisMessage message) {
        return switch (message) {
            case PRICE_BASIS_MID -> MID;
            case PRICE_BASIS_BID -> BID;
            case PRICE_BASIS_LAST -> LAST;
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown price basis");
        };
    }

}
