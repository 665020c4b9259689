package pregao.devcluster.marketgenerator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Quotes of several symbols, the same for the same seed, symbols, rate and start.
 *
 * <p>
 * It never closes, so that there is something to see on a Sunday too.
 */
final class RandomMarket implements Iterator<SimulatedTick> {

    private static final int STEPS_A_MINUTE = 12;

    private static final double MILLIS_A_SECOND = 1000;

    private final List<SymbolQuote> symbols = new ArrayList<>();

    private final PriorityQueue<SymbolQuote> next = new PriorityQueue<>(
            Comparator.comparingDouble((SymbolQuote quoted) -> quoted.due)
                .thenComparing((quoted) -> quoted.symbol.name()));

    private long start;

    RandomMarket(List<SimulatedSymbol> symbols, long seed, double ticksPerSecond, long startMillis) {
        double activity = symbols.stream().mapToDouble(SimulatedSymbol::activity).sum();
        for (SimulatedSymbol symbol : symbols) {
            this.symbols.add(new SymbolQuote(symbol, seed, ticksPerSecond * symbol.activity() / activity));
        }
        this.start = startMillis;
    }

    /**
     * Moves the start, as when time passed while the history was posted. To be called
     * before the first quote.
     * @param startMillis of the quotes, epoch milliseconds
     */
    void beginAt(long startMillis) {
        this.start = startMillis;
    }

    /**
     * Lives through a minute before the start. To be called before the first quote, which
     * then follows from the last of them.
     * @param openTime of the minute, epoch milliseconds
     * @return a candle of each symbol
     */
    List<SimulatedCandle> minute(long openTime) {
        return this.symbols.stream().map((quoted) -> quoted.candle(openTime)).toList();
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public SimulatedTick next() {
        if (this.next.isEmpty()) {
            this.symbols.forEach((quoted) -> quoted.begin(this.start));
            this.next.addAll(this.symbols);
        }
        SymbolQuote first = this.next.remove();
        SimulatedTick tick = first.tick();
        this.next.add(first);
        return tick;
    }

    private static final class SymbolQuote {

        private final SimulatedSymbol symbol;

        private final PriceWalk walk;

        private final double rate;

        private double due;

        private long lastTime = Long.MIN_VALUE;

        private int seq;

        SymbolQuote(SimulatedSymbol symbol, long seed, double rate) {
            this.symbol = symbol;
            this.walk = new PriceWalk(symbol, seed);
            this.rate = rate;
        }

        void begin(long start) {
            this.due = start;
            wait(this.walk.secondsToNext(this.rate));
        }

        SimulatedTick tick() {
            long time = (long) this.due;
            this.seq = (time == this.lastTime) ? this.seq + 1 : 0;
            this.lastTime = time;
            long bid = this.walk.bid();
            SimulatedTick tick = new SimulatedTick(this.symbol, time, this.seq, bid, bid + this.walk.spread());
            wait(this.walk.secondsToNext(this.rate * this.walk.haste()));
            return tick;
        }

        private void wait(double seconds) {
            this.walk.pass(seconds);
            this.due += seconds * MILLIS_A_SECOND;
        }

        SimulatedCandle candle(long openTime) {
            long open = 0;
            long high = Long.MIN_VALUE;
            long low = Long.MAX_VALUE;
            long close = 0;
            double volume = 0;
            double spread = 0;
            for (int step = 0; step < STEPS_A_MINUTE; step++) {
                double seconds = 60.0 / STEPS_A_MINUTE;
                this.walk.pass(seconds);
                long width = this.walk.spread();
                close = 2 * this.walk.bid() + width;
                open = (step == 0) ? close : open;
                high = Math.max(high, close);
                low = Math.min(low, close);
                volume += this.rate * this.walk.haste() * seconds;
                spread += (double) width / STEPS_A_MINUTE;
            }
            return new SimulatedCandle(this.symbol, openTime, open, high, low, close, Math.max(1, Math.round(volume)),
                    Math.round(spread));
        }

    }

}
