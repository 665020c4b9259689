package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.OptionOrder;

/**
 * Options that can be bought for one symbol.
 *
 * @param active the active id of the instrument
 * @param terms the terms of each product that is offered
 */
record SymbolOffer(int active, List<OptionTerms> terms) {

    private static final long MINUTE_SECONDS = 60;

    SymbolOffer {
        terms = List.copyOf(terms);
    }

    /**
     * Finds the end nearest to a length among full minutes (turbo) and quarters of an
     * hour (binary); the earlier one of two that are equally near. Below a minute it's a
     * blitz option of that length.
     * @param nowSeconds the server time in epoch seconds
     * @param length the requested length
     * @return the expiry, or null if everything on sale ends too early or the length
     * isn't offered
     */
    @Nullable Expiry findNearest(long nowSeconds, Duration length) {
        long lengthSeconds = length.toSeconds();
        if (lengthSeconds < MINUTE_SECONDS) {
            return supportsLength(length) ? new Expiry(OptionType.BLITZ, 0, (int) lengthSeconds) : null;
        }
        Expiry best = null;
        boolean isInReach = false;
        for (OptionType type : List.of(OptionType.TURBO, OptionType.BINARY)) {
            OptionTerms optionTerms = findTerms(type);
            for (long end : (optionTerms != null) ? optionTerms.findPurchasableEnds(nowSeconds) : List.<Long>of()) {
                isInReach |= optionTerms != null && end > nowSeconds + lengthSeconds - optionTerms.size();
                Expiry candidate = new Expiry(type, end, 0);
                best = (best == null || candidate.isNearerTo(best, nowSeconds + lengthSeconds)) ? candidate : best;
            }
        }
        return isInReach ? best : null;
    }

    /**
     * Returns whether a length is on sale, as far as that doesn't depend on the time.
     * @param length the requested length
     * @return false for a length below a minute that isn't offered
     */
    boolean supportsLength(Duration length) {
        OptionTerms blitz = findTerms(OptionType.BLITZ);
        return length.toSeconds() >= MINUTE_SECONDS || (blitz != null && blitz.supportsLength(length.toSeconds()));
    }

    /**
     * Returns the payout of a product.
     * @param type the product
     * @return the payout in percent of the stake, or null if it isn't known
     */
    @Nullable Integer findPayout(OptionType type) {
        OptionTerms optionTerms = findTerms(type);
        return (optionTerms != null) ? optionTerms.payout() : null;
    }

    /**
     * Returns whether the payout is sufficient for an order, as far as it's known.
     * @param order the order
     * @param nowSeconds the server time in epoch seconds
     * @return true also if the payout isn't known or the length isn't on sale
     */
    boolean hasSufficientPayout(OptionOrder order, long nowSeconds) {
        Expiry expiry = findNearest(nowSeconds, order.length());
        Integer payout = (expiry != null) ? findPayout(expiry.type()) : null;
        return payout == null || payout >= order.payout();
    }

    private @Nullable OptionTerms findTerms(OptionType type) {
        for (OptionTerms optionTerms : this.terms) {
            if (optionTerms.type() == type) {
                return optionTerms;
            }
        }
        return null;
    }

}
