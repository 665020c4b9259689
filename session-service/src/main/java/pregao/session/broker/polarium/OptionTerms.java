package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Terms of the options of a product on one instrument.
 *
 * @param type the product
 * @param deadTime how many seconds before its end an option is no longer sold
 * @param size the grid of the ends in seconds
 * @param count how many ends can be bought at a time
 * @param lengths the lengths in seconds, for options that run from their sale
 * @param ends the ends that the broker lists, in epoch seconds; empty if they follow from
 * size and count
 * @param payout the payout in percent of the stake, or null if the broker doesn't say
 */
record OptionTerms(OptionType type, long deadTime, long size, int count, List<Integer> lengths, List<Long> ends,
        @Nullable Integer payout) {

    private static final int DEFAULT_DEAD_TIME_SECONDS = 30;

    OptionTerms {
        lengths = List.copyOf(lengths);
        ends = List.copyOf(ends);
    }

    /**
     * Parses the terms of an instrument.
     * @param type the product
     * @param instrument the broker's entry for the instrument
     * @return the terms, with defaults for missing fields
     */
    static OptionTerms of(OptionType type, JsonNode instrument) {
        JsonNode option = instrument.path("option");
        List<Integer> lengths = new ArrayList<>();
        option.path("expiration_times").forEach((length) -> lengths.add(length.asInt(0)));
        List<Long> ends = new ArrayList<>();
        option.path("special").properties().forEach((end) -> {
            if (end.getValue().path("enabled").asBoolean(false) && end.getKey().matches("\\d{1,12}")) {
                ends.add(Long.parseLong(end.getKey()));
            }
        });
        long size = (type == OptionType.BLITZ || lengths.isEmpty()) ? type.defaultGridSeconds() : lengths.getFirst();
        JsonNode commission = option.path("profit").path("commission");
        return new OptionTerms(type, instrument.path("deadtime").asInt(DEFAULT_DEAD_TIME_SECONDS),
                (size > 0) ? size : type.defaultGridSeconds(), option.path("count").asInt(type.defaultEndCount()),
                lengths, ends, commission.isNumber() ? Integer.valueOf(100 - commission.asInt(0)) : null);
    }

    /**
     * Returns the ends that can be bought.
     * @param nowSeconds the server time in epoch seconds
     * @return the ends in epoch seconds, earliest first unless the broker lists them
     * differently
     */
    List<Long> findPurchasableEnds(long nowSeconds) {
        if (!this.ends.isEmpty()) {
            return this.ends.stream().filter((end) -> end - this.deadTime > nowSeconds).toList();
        }
        List<Long> computedEnds = new ArrayList<>();
        long firstEnd = (Math.floorDiv(nowSeconds + this.deadTime, this.size) + 1) * this.size;
        for (int index = 0; index < this.count; index++) {
            computedEnds.add(firstEnd + index * this.size);
        }
        return computedEnds;
    }

    /**
     * Returns whether options that run from their sale are offered with a length.
     * @param seconds the length in seconds
     * @return true also if the broker doesn't list lengths
     */
    boolean supportsLength(long seconds) {
        return this.lengths.isEmpty() || this.lengths.contains((int) seconds);
    }

}
