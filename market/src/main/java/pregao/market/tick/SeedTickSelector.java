package pregao.market.tick;

import java.util.ArrayList;
import java.util.List;

import pregao.contracts.tick.TickBatch;
import pregao.market.dataquality.OutlierRule;

/**
 * Chooses which tick of a record is accepted without neighbors, where nothing is stored
 * yet: the first one that is near the median of the first ones.
 */
public final class SeedTickSelector {

    private SeedTickSelector() {
    }

    /**
     * Puts the chosen tick first.
     * @param ticks of one record
     * @param order of the ticks, by time
     * @return the same ticks
     */
    public static List<Integer> first(TickBatch ticks, List<Integer> order) {
        List<Integer> priced = order.stream().filter((index) -> ticks.price(index) != 0).toList();
        List<Integer> first = priced.subList(0, Math.min(priced.size(), OutlierRule.NEIGHBORS + 1));
        long[] prices = first.stream().mapToLong(ticks::price).sorted().toArray();
        for (int index : first) {
            long price = ticks.price(index);
            if (TickNeighborhood.isNear(price, prices[(prices.length - 1) / 2])
                    || TickNeighborhood.isNear(price, prices[prices.length / 2])) {
                List<Integer> seeded = new ArrayList<>(order);
                seeded.remove((Integer) index);
                seeded.addFirst(index);
                return seeded;
            }
        }
        return order;
    }

}
