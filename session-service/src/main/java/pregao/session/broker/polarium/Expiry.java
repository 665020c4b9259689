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
     * @param soldSeconds epoch seconds
     * @return epoch seconds
     */
    long computeEnd(long soldSeconds) {
        return (this.at == 0) ? soldSeconds + this.seconds : this.at;
    }

    /**
     * Whether it is nearer to a moment than another one.
     * @param otherExpiry the other one
     * @param targetSeconds epoch seconds
     * @return false where both are equally near
     */
    boolean isNearerTo(Expiry otherExpiry, long targetSeconds) {
        return Math.abs(this.at - targetSeconds) < Math.abs(otherExpiry.at - targetSeconds);
    }

}
