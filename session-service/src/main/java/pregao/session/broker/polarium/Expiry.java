package pregao.session.broker.polarium;

/**
 * When an option ends.
 *
 * @param type the product
 * @param at epoch seconds, 0 where the broker counts from the sale
 * @param seconds the length, where the broker counts from the sale
 */
record Expiry(OptionType type, long at, int seconds) {

    /**
     * When it ends if it is sold at a moment.
     * @param sold epoch seconds
     * @return epoch seconds
     */
    long endIfSold(long sold) {
        return (this.at == 0) ? sold + this.seconds : this.at;
    }

    /**
     * Whether it is nearer to a moment than another one.
     * @param other the other one
     * @param wish epoch seconds
     * @return false where both are equally near
     */
    boolean isNearer(Expiry other, long wish) {
        return Math.abs(this.at - wish) < Math.abs(other.at - wish);
    }

}
