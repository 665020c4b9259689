package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.OptionOrder;

/**
 * What can be bought under one symbol.
 *
 * @param active the broker's number
 * @param terms of each product that is offered
 */
record SymbolOffer(int active, List<OptionTerms> terms) {

    private static final long MINUTE_SECONDS = 60;

    SymbolOffer {
        terms = List.copyOf(terms);
    }

    /**
     * The end nearest to a length, among the minutes' ends (turbo) and those of the
     * quarters of an hour (binary); the earlier of two equally near. Below a minute: a
     * blitz option.
     * @param nowSeconds the broker's time, epoch seconds
     * @param length what is wished for
     * @return null where all that is sold ends too early
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
     * Whether anything of a length can be sold, as far as that does not depend on the
     * time.
     * @param length what is wished for
     * @return false for a length below a minute that is not offered
     */
    boolean supportsLength(Duration length) {
        OptionTerms blitz = findTerms(OptionType.BLITZ);
        return length.toSeconds() >= MINUTE_SECONDS || (blitz != null && blitz.supportsLength(length.toSeconds()));
    }

    /**
     * What is paid for options of a product.
     * @param type the product
     * @return percent of the stake; null where that is not known
     */
    @Nullable Integer findPayout(OptionType type) {
        OptionTerms optionTerms = findTerms(type);
        return (optionTerms != null) ? optionTerms.payout() : null;
    }

    /**
     * Whether enough is paid for an order, as far as that is known.
     * @param order which
     * @param nowSeconds the broker's time, epoch seconds
     * @return true also where nothing is known, or nothing of its length is sold
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
