package pregao.aggregator.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.tick.TickBatch;

/**
 * The outlier rule for ticks, written as plainly as possible: all ticks in lists, no
 * cached state, every median computed. For one instrument.
 */
final class NaiveOutliers {

    private static final Comparator<Tick> ORDER = Comparator.comparingLong(Tick::time).thenComparingInt(Tick::seq);

    private final List<Tick> accepted = new ArrayList<>();

    private final List<Tick> held = new ArrayList<>();

    void add(TickBatch record) {
        int from = 0;
        while (from < record.size()) {
            long minute = Timeframe.M1.bucketStart(record.time(from));
            int to = from + 1;
            while (to < record.size() && Timeframe.M1.bucketStart(record.time(to)) == minute) {
                to++;
            }
            addRun(IntStream.range(from, to).mapToObj((i) -> Tick.of(record, i)).sorted(ORDER).toList());
            from = to;
        }
    }

    private void addRun(List<Tick> run) {
        List<Tick> order = new ArrayList<>(run);
        if (this.accepted.isEmpty()) {
            List<Tick> firstTicks = run.subList(0, Math.min(21, run.size()));
            long[] prices = firstTicks.stream().mapToLong(Tick::price).sorted().toArray();
            firstTicks.stream()
                .filter((tick) -> near(tick.price(), prices[(prices.length - 1) / 2])
                        || near(tick.price(), prices[prices.length / 2]))
                .findFirst()
                .ifPresent((seed) -> {
                    order.remove(seed);
                    order.addFirst(seed);
                });
        }
        order.forEach(this::add);
    }

    private void add(Tick tick) {
        if (this.accepted.contains(tick) || this.held.contains(tick)) {
            return;
        }
        (isOutlier(tick) ? this.held : this.accepted).add(tick);
        List<Tick> level = level(tick);
        List<Tick> released = this.held.stream().filter(level::contains).toList();
        if (released.isEmpty()) {
            return;
        }
        List<Tick> ticksBefore = this.accepted.stream()
            .sorted(ORDER)
            .filter((neighbor) -> ORDER.compare(neighbor, level.getFirst()) < 0)
            .toList();
        List<Tick> ticksAfter = this.accepted.stream()
            .sorted(ORDER)
            .filter((neighbor) -> ORDER.compare(neighbor, level.getLast()) > 0)
            .limit(20)
            .toList();
        this.held.removeAll(released);
        this.accepted.addAll(released);
        Stream
            .concat(ticksBefore.subList(Math.max(0, ticksBefore.size() - 20), ticksBefore.size()).reversed().stream(),
                    ticksAfter.stream())
            .forEach((neighbor) -> {
                if (isOutlier(neighbor) && level(neighbor).isEmpty()) {
                    this.accepted.remove(neighbor);
                    this.held.add(neighbor);
                }
            });
    }

    private boolean isOutlier(Tick tick) {
        List<Tick> nearest = this.accepted.stream()
            .filter((neighbor) -> !neighbor.equals(tick))
            .sorted(Comparator.<Tick>comparingLong((neighbor) -> Math.abs(neighbor.time() - tick.time()))
                .thenComparing((neighbor) -> ORDER.compare(neighbor, tick) >= 0)
                .thenComparing((left, right) -> (ORDER.compare(left, tick) < 0) ? ORDER.compare(right, left)
                        : ORDER.compare(left, right)))
            .limit(20)
            .toList();
        if (nearest.isEmpty()) {
            return false;
        }
        long[] prices = nearest.stream().mapToLong(Tick::price).sorted().toArray();
        long median = Prices.mid(prices[(prices.length - 1) / 2], prices[prices.length / 2]);
        return !near(tick.price(), median);
    }

    /** Returns the ticks that are with this one in 20 consecutive consistent ones. */
    private List<Tick> level(Tick tick) {
        List<Tick> allTicks = Stream.concat(this.accepted.stream(), this.held.stream()).sorted(ORDER).toList();
        int position = allTicks.indexOf(tick);
        List<Tick> level = new ArrayList<>();
        for (int start = Math.max(0, position - 19); start <= position && start + 20 <= allTicks.size(); start++) {
            List<Tick> window = allTicks.subList(start, start + 20);
            LongStream prices = window.stream().mapToLong(Tick::price);
            long low = window.stream().mapToLong(Tick::price).min().orElseThrow();
            if (prices.max().orElseThrow() <= 10 * low) {
                window.stream().filter((neighbor) -> !level.contains(neighbor)).forEach(level::add);
            }
        }
        return level;
    }

    private static boolean near(long price, long median) {
        return price <= 10 * median && median <= 10 * price;
    }

    List<String> accepted() {
        return this.accepted.stream().sorted(ORDER).map(Tick::text).toList();
    }

    List<String> held() {
        return this.held.stream().sorted(ORDER).map(Tick::text).toList();
    }

    /**
     * A tick.
     */
    private record Tick(long time, int seq, long price, String text) {

        static Tick of(TickBatch ticks, int index) {
            return new Tick(ticks.time(index), ticks.seq(index), ticks.price(index),
                    PipelineHarness.text(ticks, index));
        }

    }

}
