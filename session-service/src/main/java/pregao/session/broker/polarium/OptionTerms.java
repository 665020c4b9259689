package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How long options of a product run on one instrument, as the broker says.
 *
 * @param type the product
 * @param deadTime so many seconds before their end nothing is sold any more
 * @param size they end at whole multiples of it, seconds
 * @param count so many ends can be bought at once
 * @param lengths the lengths of those that run from their sale, seconds
 * @param ends the ends that the broker lists one by one, epoch seconds; none where they
 * follow from size and count
 * @param payout percent of the stake won, or null where the broker does not say
 */
record OptionTerms(OptionType type, long deadTime, long size, int count, List<Integer> lengths, List<Long> ends,
        @Nullable Integer payout) {

    private static final int DEFAULT_DEAD_TIME_SECONDS = 30;

    OptionTerms {
        lengths = List.copyOf(lengths);
        ends = List.copyOf(ends);
    }

    /**
     * Reads the terms of an instrument.
     * @param type the product
     * @param instrument what the broker says of the instrument
     * @return with what is usual where the broker says nothing
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
     * The ends that can be bought.
     * @param nowSeconds the broker's time, epoch seconds
     * @return epoch seconds, the first one first unless the broker lists them otherwise
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
     * Whether options of a length are sold, where they run from their sale.
     * @param seconds the length
     * @return true also where the broker does not say
     */
    boolean supportsLength(long seconds) {
        return this.lengths.isEmpty() || this.lengths.contains((int) seconds);
    }

}
