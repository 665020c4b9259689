package pregao.strategy.order;

import java.util.Locale;
import java.util.Optional;

import pregao.market.pattern.Direction;

/**
 * Which way an order goes.
 */
public enum Side {

    /** Spot: get an amount. */
    BUY,
    /** Spot: give an amount. */
    SELL,
    /** Option: the price rises. */
    CALL,
    /** Option: the price falls. */
    PUT;

    /**
     * The side of a bet.
     * @param direction of the bet
     * @return call or put
     */
    public static Side of(Direction direction) {
        return (direction == Direction.CALL) ? CALL : PUT;
    }

    /**
     * The side of a text.
     * @param text as sent
     * @return empty where there is none
     */
    public static Optional<Side> of(String text) {
        for (Side side : values()) {
            if (side.text().equals(text)) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }

    /**
     * The form in tables and answers.
     * @return such as {@code buy}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it is one of an option.
     * @return false for spot
     */
    public boolean isOption() {
        return this == CALL || this == PUT;
    }

    /**
     * The way of an option.
     * @return call or put
     */
    public Direction direction() {
        return (this == CALL) ? Direction.CALL : Direction.PUT;
    }

}
