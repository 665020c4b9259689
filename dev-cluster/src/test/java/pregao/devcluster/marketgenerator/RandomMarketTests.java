package pregao.devcluster.marketgenerator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * {@link RandomMarket}.
 */
class RandomMarketTests {

    private static final long START = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

    @Test
    void isTheSameForTheSameSeedAndStart() {
        assertThat(ticks(market(1), 2_000)).isEqualTo(ticks(market(1), 2_000)).isNotEqualTo(ticks(market(2), 2_000));
    }

    @Test
    void quotesInTheOrderOfTimeAndNumbersEqualTimes() {
        List<SimulatedTick> ticks = ticks(new RandomMarket(SimulatedSymbol.ALL, 1, 5_000, START), 20_000);
        assertThat(ticks).isSortedAccordingTo((left, right) -> Long.compare(left.time(), right.time()));
        assertThat(ticks.stream().map((tick) -> tick.symbol().name() + tick.time() + "." + tick.seq()))
            .doesNotHaveDuplicates();
        assertThat(ticks).anyMatch((tick) -> tick.seq() > 0);
    }

    @Test
    void hasEverySymbolAtAboutTheRateAskedFor() {
        List<SimulatedTick> ticks = ticks(market(3), 30_000);
        double seconds = (ticks.getLast().time() - START) / 1000.0;
        assertThat(30_000 / seconds).isBetween(25.0, 250.0);
        assertThat(ticks.stream().map((tick) -> tick.symbol().name()).distinct())
            .containsExactlyInAnyOrderElementsOf(SimulatedSymbol.ALL.stream().map(SimulatedSymbol::name).toList());
    }

    @Test
    void asksMoreThanItBids() {
        assertThat(ticks(market(4), 10_000)).allMatch((tick) -> tick.bid() > 0 && tick.ask() > tick.bid());
    }

    @Test
    void movesAsMuchInADayAsItsVolatilitySays() {
        SimulatedSymbol symbol = SimulatedSymbol.named("BTCUSDT");
        double sum = 0;
        int days = 400;
        RandomMarket market = new RandomMarket(List.of(symbol), 5, 50, START);
        double before = symbol.price() / symbol.tickSize() * 2;
        for (int minute = 0; minute < days * 1440; minute += 1) {
            SimulatedCandle candle = market.minute(START + minute * 60_000L).getFirst();
            if (minute % 1440 == 1439) {
                sum += Math.pow(Math.log(candle.close() / before), 2);
                before = candle.close();
            }
        }
        double yearly = Math.sqrt(sum / days * 365.25);
        assertThat(yearly).isBetween(0.5 * symbol.volatility(), 3 * symbol.volatility());
    }

    @Test
    void makesCandlesThatEncloseTheirPricesAndGoOnWhereTheyEnded() {
        RandomMarket market = market(6);
        List<SimulatedCandle> candles = new ArrayList<>();
        for (int minute = 500; minute > 0; minute--) {
            candles.addAll(market.minute(START - minute * 60_000L));
        }
        assertThat(candles).allMatch((candle) -> candle.high() >= Math.max(candle.open(), candle.close())
                && candle.low() <= Math.min(candle.open(), candle.close()) && candle.volume() >= 1);
        List<SimulatedTick> ticks = ticks(market, 2_000);
        for (SimulatedCandle last : candles.subList(candles.size() - SimulatedSymbol.ALL.size(), candles.size())) {
            SimulatedTick first = ticks.stream()
                .filter((tick) -> tick.symbol().equals(last.symbol()))
                .findFirst()
                .orElseThrow();
            assertThat((first.bid() + first.ask()) / (double) last.close()).isCloseTo(1, within(0.01));
        }
        assertThat(ticks.getFirst().time()).isGreaterThanOrEqualTo(START);
    }

    @Test
    void writesPricesWithTheDigitsOfTheSymbol() {
        SimulatedSymbol euro = SimulatedSymbol.named("EURUSD");
        assertThat(new SimulatedTick(euro, START, 0, 108_550, 108_558).json()).isEqualTo("""
                {"symbol":"EURUSD","ts":"2026-11-20T12:00:00Z","seq":0,"bid":1.08550,"ask":1.08558}""");
        assertThat(new SimulatedCandle(euro, START, 217_101, 217_200, 217_000, 217_100, 7, 8).json()).isEqualTo("""
                {"symbol":"EURUSD","timeframe":"M1","final":true,"ts":"2026-11-20T12:00:00Z",\
                "open":1.085505,"high":1.086,"low":1.085,"close":1.0855,"volume":7,"spread":8,"digits":5}""");
    }

    private static RandomMarket market(long seed) {
        return new RandomMarket(SimulatedSymbol.ALL, seed, 50, START);
    }

    private static List<SimulatedTick> ticks(RandomMarket market, int count) {
        return Stream.generate(market::next).limit(count).toList();
    }

}
