package pregao.strategy.order;

import java.util.Locale;
import java.util.Optional;

import pregao.market.pattern.Direction;

/**
 * The side of an order.
 */
public enum Side {

    /** Buys an amount of a spot instrument. */
    BUY,
    /** Sells an amount of a spot instrument. */
    SELL,
    /** An option on a rising price. */
    CALL,
    /** An option on a falling price. */
    PUT;

    /**
     * Returns the side of an option.
     * @param direction the direction of the option
     * @return {@code CALL} or {@code PUT}
     */
    public static Side of(Direction direction) {
        return (direction == Direction.CALL) ? CALL : PUT;
    }

    /**
     * Parses a side.
     * @param text the name as sent
     * @return the side, or empty if the name is unknown
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
     * Returns the name in tables and in the API.
     * @return the name, such as {@code buy}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns whether this is a side of an option.
     * @return false for spot
     */
    public boolean isOption() {
        return this == CALL || this == PUT;
    }

    /**
     * Returns the direction of an option.
     * @return {@code CALL} or {@code PUT}
     */
    public Direction direction() {
        return (this == CALL) ? Direction.CALL : Direction.PUT;
    }

}
