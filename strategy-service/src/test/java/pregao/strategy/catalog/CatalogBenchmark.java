package pregao.strategy.catalog;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.market.pattern.CandleColors;
import pregao.market.pattern.PatternPresets;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.catalog.candle.CandleColorReader;
import pregao.strategy.catalog.candle.SeriesInfo;
import pregao.strategy.catalog.pattern.PatternResponse;
import pregao.testsupport.MarketTestDatabase;

/**
 * Measures 100 blocks of 500 instruments, from the database and from memory: run by hand,
 * not a test.
 */
final class CatalogBenchmark {

    private static final int INSTRUMENTS = 500;

    private static final int MINUTES = 3_000;

    private static final int TIMES = 15;

    private CatalogBenchmark() {
    }

    public static void main(String[] args) {
        MarketTestDatabase market = StrategyDatabase.shared().market();
        fill(market);
        List<Instrument> instruments = new ArrayList<>();
        for (int i = 0; i < INSTRUMENTS; i++) {
            instruments.add(new Instrument("measure", "S" + i));
        }
        CreateAnalysisRequest wish = new CreateAnalysisRequest(null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null);
        Analysis analysis = Objects
            .requireNonNull(new AnalysisRequestParser(wish, new CatalogProperties(2, INSTRUMENTS, 15_000_000, 500))
                .analysis(instruments, PatternResponse.of(null, PatternPresets.MINORITY)));
        JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());
        CandleColorReader reader = new CandleColorReader(database);
        List<SeriesInfo> series = time("which instruments there are", () -> reader.series(analysis));
        Map<Instrument, CandleColors> read = time("colours from the database", () -> reader.cold(series, analysis));
        time("colours out of the cache, with the question whether they are the same",
                () -> reader.warm(series, analysis));
        List<AnalyzedSeries> looked = read.entrySet()
            .stream()
            .map((one) -> new AnalyzedSeries(one.getKey(), one.getValue(), Clock.systemUTC().millis()))
            .toList();
        for (int i = 0; i < 50; i++) { // the compiler needs a while
            AnalysisResult.of(analysis, looked, Set.of());
        }
        AnalysisResult findings = time("findings from memory", () -> AnalysisResult.of(analysis, looked, Set.of()));
        System.out.printf("%d instruments with %d candles each, %d ranked: %s%n", read.size(),
                analysis.stretch().candles(), findings.looked(), findings.sentences().en().getFirst());
        time("all of it from the database",
                () -> AnalysisResult.of(analysis,
                        reader.cold(reader.series(analysis), analysis)
                            .entrySet()
                            .stream()
                            .map((one) -> new AnalyzedSeries(one.getKey(), one.getValue(), Clock.systemUTC().millis()))
                            .toList(),
                        Set.of()));
        largest(instruments);
        System.exit(0);
    }

    /** What the service takes at most, with as little memory as it has. */
    private static void largest(List<Instrument> instruments) {
        CreateAnalysisRequest wish = new CreateAnalysisRequest(null, null, null, null, null, 5_000, null, null, null,
                null, null, null, null, null, null, null);
        Analysis analysis = Objects
            .requireNonNull(new AnalysisRequestParser(wish, new CatalogProperties(2, INSTRUMENTS, 15_000_000, 500))
                .analysis(instruments, PatternResponse.of(null, PatternPresets.MINORITY)));
        List<AnalyzedSeries> looked = new ArrayList<>();
        Random random = new Random(1);
        for (Instrument instrument : instruments) {
            byte[] packed = new byte[6_254];
            random.nextBytes(packed);
            looked.add(new AnalyzedSeries(instrument,
                    CandleColors.unpacked(analysis.timeframe(), 1_735_812_000_000L, 25_016, packed),
                    1_735_812_000_000L + 25_016 * 60_000L));
        }
        time("findings of 5,000 blocks, with %d MB of memory".formatted(Runtime.getRuntime().maxMemory() >> 20),
                () -> AnalysisResult.of(analysis, looked, Set.of()));
    }

    private static void fill(MarketTestDatabase market) {
        Instant from = Clock.systemUTC().instant().minusSeconds(60L * MINUTES);
        long start = from.getEpochSecond() / 300 * 300;
        market.execute("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                  rank, revision)
                select 'measure', 'S' || s, 'M1', to_timestamp(%d + 60 * n), 1.1, 1.2, 1, 1.1 + (random() - 0.5) / 10,
                  10, 'given', true, 4, 1
                from generate_series(1, %d) n, generate_series(0, %d) s;
                analyze market.candle""".formatted(start, MINUTES, INSTRUMENTS - 1));
        market.noteSeries();
        System.out.printf("%,d candles are there, those of a minute side by side%n", INSTRUMENTS * MINUTES);
    }

    private static <T> T time(String what, Supplier<T> work) {
        double[] millis = new double[TIMES];
        T last = work.get();
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            last = work.get();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("%s: median %.1f ms, worst %.1f ms%n", what, millis[TIMES / 2], millis[TIMES - 1]);
        return last;
    }

}
