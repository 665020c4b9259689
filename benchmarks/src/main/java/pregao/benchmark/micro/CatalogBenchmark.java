package pregao.benchmark.micro;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.catalog.Catalog;
import pregao.market.catalog.CatalogConfig;
import pregao.market.catalog.CatalogResult;
import pregao.market.catalog.Ranking;
import pregao.market.pattern.CandleColors;
import pregao.market.pattern.PatternPresets;

/**
 * The catalogue of 100 blocks of 500 instruments, from candles in memory to the ranking
 * with all that is said beside a rate; ns in all.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CatalogBenchmark {

    private static final int INSTRUMENTS = 500;

    private static final int MINUTES = 510;

    private static final long PRICE = 110_000_000;

    private final Catalog catalog = new Catalog(CatalogConfig.of(PatternPresets.MINORITY, new BigDecimal("0.87")));

    private final List<Instrument> instruments = new ArrayList<>();

    private final long[] times = new long[MINUTES];

    private final long[][] opens = new long[INSTRUMENTS][MINUTES];

    private final long[][] closes = new long[INSTRUMENTS][MINUTES];

    public CatalogBenchmark() {
        Random random = new Random(7);
        for (int i = 0; i < MINUTES; i++) {
            this.times[i] = RandomWalk.START + i * Timeframe.M1.millis();
        }
        for (int each = 0; each < INSTRUMENTS; each++) {
            this.instruments.add(new Instrument("polarium", "COIN" + each));
            long price = PRICE;
            for (int i = 0; i < MINUTES; i++) {
                this.opens[each][i] = price;
                price += random.nextInt(41) - 20L;
                this.closes[each][i] = price;
            }
        }
    }

    @Benchmark
    public Ranking fromMemory() {
        List<CatalogResult> results = new ArrayList<>(INSTRUMENTS);
        for (int each = 0; each < INSTRUMENTS; each++) {
            CandleColors colours = CandleColors.of(Timeframe.M1, this.times, this.opens[each], this.closes[each]);
            results.add(this.catalog.read(this.instruments.get(each), colours, colours.to()));
        }
        return Ranking.of(results, Ranking.Criterion.RATE, 30, 5);
    }

}
