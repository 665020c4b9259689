package pregao.strategy.engine;

/**
 * Prices of a while, of which only the ends are known. All are units of 1e-8.
 *
 * @param first the price at its begin
 * @param high the highest
 * @param low the lowest
 * @param last the price at its end
 */
record PriceRange(long first, long high, long low, long last) {

    static PriceRange ofPrice(long price) {
        return new PriceRange(price, price, price, price);
    }

}
