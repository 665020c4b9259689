package pregao.session.broker.polarium;

/**
 * Expiry of an option.
 *
 * @param type the product
 * @param at the expiry in epoch seconds, or 0 if the option runs for a length from its
 * sale
 * @param seconds the length in seconds if the option runs from its sale
 */
record Expiry(OptionType type, long at, int seconds) {

    /**
     * Computes the end of an option.
     * @param soldSeconds the time of the sale in epoch seconds
     * @return the end in epoch seconds
     */
    long computeEnd(long soldSeconds) {
        return (this.at == 0) ? soldSeconds + this.seconds : this.at;
    }

    /**
     * Returns whether this expiry is nearer to a time than another expiry.
     * @param otherExpiry the other expiry
     * @param targetSeconds the time in epoch seconds
     * @return false if both are equally near
     */
    boolean isNearerTo(Expiry otherExpiry, long targetSeconds) {
        return Math.abs(this.at - targetSeconds) < Math.abs(otherExpiry.at - targetSeconds);
    }

}
