package pregao.strategy.engine;

/**
 * The prices of a time span, of which only the ends and the extremes are known. Prices
 * are in units of 1e-8.
 *
 * @param first the first price
 * @param high the highest price
 * @param low the lowest price
 * @param last the last price
 */
record PriceRange(long first, long high, long low, long last) {

    static PriceRange ofPrice(long price) {
        return new PriceRange(price, price, price, price);
    }

}
