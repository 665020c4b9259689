package pregao.indicators.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.testsupport.MarketTestDatabase;

/**
 * Measures the pipeline alone. Run it by hand; it is not a test.
 */
final class IndicatorPipelineBenchmark {

    private static final int CANDLES = 200_000;

    private IndicatorPipelineBenchmark() {
    }

    public static void main(String[] args) {
        MarketTestDatabase database = MarketTestDatabase.empty().migrated();
        Instrument instrument = new Instrument("mt5", "EURUSD");
        Random random = new Random(1);
        List<Candle> candles = new ArrayList<>();
        long close = 108_000_000;
        for (int i = 0; i < CANDLES; i++) {
            close += random.nextInt(2_001) - 1_000;
            candles.add(new Candle(instrument, Timeframe.M1, 1_700_000_040_000L + i * 60_000L, close, close + 500,
                    close - 500, close, BigDecimal.TEN, null, CandleSource.GIVEN, true, 1));
        }
        try (PipelineHarness harness = new PipelineHarness(database, IndicatorConvention.PLAIN)) {
            harness.processAll();
            harness.store(candles.subList(0, CANDLES / 2));
            time("appended in pages of 1,000", CANDLES / 2, () -> {
                for (int from = 0; from < CANDLES / 2; from += 1_000) {
                    harness.send(candles.subList(from, from + 1_000));
                }
                harness.processAll();
            });
            harness.restart(IndicatorConvention.MT5);
            time("computed anew", CANDLES / 2, harness::processAll);
            harness.store(candles.subList(CANDLES / 2, CANDLES));
            time("of a series that goes on in the database, in pages", CANDLES / 2, () -> {
                for (int from = CANDLES / 2; from < CANDLES; from += 1_000) {
                    harness.send(candles.subList(from, from + 1_000));
                    harness.pollOnce();
                }
                harness.processAll();
            });
            time("sent again one by one in the past", 50, () -> {
                for (int i = 0; i < 50; i++) {
                    harness.send(List.of(candles.get(1_000 + i * 2_000)));
                    harness.processAll();
                }
            });
        }
        System.exit(0);
    }

    private static void time(String description, int count, Runnable task) {
        long start = System.nanoTime();
        task.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %d in %.2f s, %.1f us each%n", description, count, seconds, seconds / count * 1e6);
    }

}
