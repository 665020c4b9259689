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
 * Measures an analysis of 100 blocks of 500 instruments, from the database and from
 * memory. It is not a test; run it by hand.
 */
final class CatalogBenchmark {

    private static final int INSTRUMENTS = 500;

    private static final int CANDLES_PER_INSTRUMENT = 3_000;

    private static final int REPETITIONS = 15;

    private CatalogBenchmark() {
    }

    public static void main(String[] args) {
        MarketTestDatabase market = StrategyDatabase.shared().market();
        insertCandles(market);
        List<Instrument> instruments = new ArrayList<>();
        for (int index = 0; index < INSTRUMENTS; index++) {
            instruments.add(new Instrument("measure", "S" + index));
        }
        CreateAnalysisRequest request = new CreateAnalysisRequest(null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null);
        Analysis analysis = Objects
            .requireNonNull(new AnalysisRequestParser(request, new CatalogProperties(2, INSTRUMENTS, 15_000_000, 500))
                .parseAnalysis(instruments, PatternResponse.of(null, PatternPresets.MINORITY)));
        JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());
        CandleColorReader reader = new CandleColorReader(database);
        List<SeriesInfo> series = measure("which instruments there are", () -> reader.findSeries(analysis));
        Map<Instrument, CandleColors> colors = measure("colours from the database",
                () -> reader.readUncached(series, analysis));
        measure("colours out of the cache, with the question whether they are the same",
                () -> reader.readCached(series, analysis));
        List<AnalyzedSeries> seriesList = colors.entrySet()
            .stream()
            .map((entry) -> new AnalyzedSeries(entry.getKey(), entry.getValue(), Clock.systemUTC().millis()))
            .toList();
        for (int index = 0; index < 50; index++) { // warms up the JIT compiler
            AnalysisResult.of(analysis, seriesList, Set.of());
        }
        AnalysisResult result = measure("findings from memory",
                () -> AnalysisResult.of(analysis, seriesList, Set.of()));
        System.out.printf("%d instruments with %d candles each, %d ranked: %s%n", colors.size(),
                analysis.lookback().candles(), result.looked(), result.sentences().en().getFirst());
        measure("all of it from the database",
                () -> AnalysisResult.of(analysis, reader.readUncached(reader.findSeries(analysis), analysis)
                    .entrySet()
                    .stream()
                    .map((entry) -> new AnalyzedSeries(entry.getKey(), entry.getValue(), Clock.systemUTC().millis()))
                    .toList(), Set.of()));
        measureLargestAnalysis(instruments);
        System.exit(0);
    }

    /**
     * Measures the largest analysis that the service accepts, in a heap as small as that
     * of the service.
     */
    private static void measureLargestAnalysis(List<Instrument> instruments) {
        CreateAnalysisRequest request = new CreateAnalysisRequest(null, null, null, null, null, 5_000, null, null, null,
                null, null, null, null, null, null, null);
        Analysis analysis = Objects
            .requireNonNull(new AnalysisRequestParser(request, new CatalogProperties(2, INSTRUMENTS, 15_000_000, 500))
                .parseAnalysis(instruments, PatternResponse.of(null, PatternPresets.MINORITY)));
        List<AnalyzedSeries> seriesList = new ArrayList<>();
        Random random = new Random(1);
        for (Instrument instrument : instruments) {
            byte[] packed = new byte[6_254];
            random.nextBytes(packed);
            seriesList.add(new AnalyzedSeries(instrument,
                    CandleColors.unpacked(analysis.timeframe(), 1_735_812_000_000L, 25_016, packed),
                    1_735_812_000_000L + 25_016 * 60_000L));
        }
        measure("findings of 5,000 blocks, with %d MB of memory".formatted(Runtime.getRuntime().maxMemory() >> 20),
                () -> AnalysisResult.of(analysis, seriesList, Set.of()));
    }

    private static void insertCandles(MarketTestDatabase market) {
        Instant from = Clock.systemUTC().instant().minusSeconds(60L * CANDLES_PER_INSTRUMENT);
        long start = from.getEpochSecond() / 300 * 300;
        market.execute("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                  rank, revision)
                select 'measure', 'S' || s, 'M1', to_timestamp(%d + 60 * n), 1.1, 1.2, 1, 1.1 + (random() - 0.5) / 10,
                  10, 'given', true, 4, 1
                from generate_series(1, %d) n, generate_series(0, %d) s;
                analyze market.candle""".formatted(start, CANDLES_PER_INSTRUMENT, INSTRUMENTS - 1));
        market.noteSeries();
        System.out.printf("%,d candles are there, those of a minute side by side%n",
                INSTRUMENTS * CANDLES_PER_INSTRUMENT);
    }

    private static <T> T measure(String description, Supplier<T> task) {
        double[] millis = new double[REPETITIONS];
        T result = task.get();
        for (int i = 0; i < REPETITIONS; i++) {
            long start = System.nanoTime();
            result = task.get();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("%s: median %.1f ms, worst %.1f ms%n", description, millis[REPETITIONS / 2],
                millis[REPETITIONS - 1]);
        return result;
    }

}
