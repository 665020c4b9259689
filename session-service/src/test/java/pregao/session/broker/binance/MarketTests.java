package pregao.session.broker.binance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerInstrument;
import pregao.session.broker.api.CandleUpdate;
import pregao.simulator.binance.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link MarketDataClient}, also while the broker's streams misbehave: no final
 * candle is missing, duplicated, out of order, or different from a query.
 */
class MarketTests {

    private final BinanceSimulatorExtension binance = new BinanceSimulatorExtension();

    private final MarketDataClient market = this.binance.marketData();

    @AfterEach
    void close() {
        this.binance.close();
    }

    @WaitingTest
    void knowsThePairsAndTheirSteps() {
        List<BrokerInstrument> pairs = BinanceSimulatorExtension.result(this.market.instruments());
        assertThat(pairs).hasSize(6);
        assertThat(pairs.getFirst()).isInstanceOfSatisfying(BrokerInstrument.Spot.class, (btc) -> {
            assertThat(btc.symbol()).isEqualTo("BTCUSDT");
            assertThat(btc.base()).isEqualTo("BTC");
            assertThat(btc.open()).isTrue();
            assertThat(btc.quantityStep()).isEqualByComparingTo("0.00001");
            assertThat(btc.priceStep()).isEqualByComparingTo("0.01");
            assertThat(btc.leastValue()).isEqualByComparingTo("5");
        });
    }

    @WaitingTest
    void joinsPagesOfClosedCandles() {
        Instant to = Instant.ofEpochSecond(1_700_000_040);
        List<BrokerCandle> candles = candles(60, to.minus(Duration.ofMinutes(2500)), to);
        assertThat(candles).hasSize(2500);
        follow(candles);
        assertThat(candles.getFirst().from()).isEqualTo(to.getEpochSecond() - 150_000);
        assertThat(candles.getLast().to()).isEqualTo(to.getEpochSecond());
        assertThat(candles.getLast().volume().signum()).isPositive();
        Instant now = Clock.systemUTC().instant();
        assertThat(candles(60, now.minusSeconds(300), now.plusSeconds(300)).getLast().to())
            .as("the forming one is left out")
            .isLessThanOrEqualTo(now.getEpochSecond() + 1);
    }

    @WaitingTest
    void streamsFormingAndClosedCandlesInOrder() {
        List<CandleUpdate> updates = watched();
        BinanceSimulatorExtension.await("five closed candles", () -> closed(updates).size() >= 5);
        assertThat(updates).anyMatch((update) -> !update.closed());
        agree(updates);
    }

    @WaitingTest
    void subscribesOnceHoweverManyListen() {
        List<CandleUpdate> first = watched();
        List<CandleUpdate> second = watched();
        List<MarketTick> ticks = BinanceSimulatorExtension
            .collect(this.market.streamTicks(BinanceSimulatorExtension.SYMBOL));
        BinanceSimulatorExtension.await("all to hear", () -> !first.isEmpty() && !second.isEmpty() && ticks.size() > 3);
        assertThat(this.binance.counter("streams")).isEqualTo(3);
        assertThat(this.binance.counter("connections")).isEqualTo(1);
    }

    @WaitingTest
    void unsubscribesWhenTheLastHasLeft() {
        assertThat(
                BinanceSimulatorExtension.result(this.market.streamCandles(BinanceSimulatorExtension.SYMBOL, 1).next()))
            .isNotNull();
        BinanceSimulatorExtension.await("the subscription to end", () -> this.binance.counter("streams") == 0);
    }

    @WaitingTest
    void tellsBestPricesAndTrades() {
        List<MarketTick> ticks = BinanceSimulatorExtension
            .collect(this.market.streamTicks(BinanceSimulatorExtension.SYMBOL));
        BinanceSimulatorExtension.await("ticks of both kinds", () -> ticks.stream().anyMatch((tick) -> tick.last() > 0)
                && ticks.stream().anyMatch((tick) -> tick.last() == 0));
        MarketTick trade = ticks.stream().filter((tick) -> tick.last() > 0).findFirst().orElseThrow();
        assertThat(trade.ask()).isGreaterThan(trade.bid());
        assertThat(trade.time()).isBetween(Clock.systemUTC().instant().minusSeconds(60), Clock.systemUTC().instant());
    }

    @WaitingTest
    void saysWhatIsNotTraded() {
        assertThatThrownBy(
                () -> this.market.streamCandles("NOSUCH", 60).blockFirst(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .isInstanceOfSatisfying(BrokerException.class,
                    (failure) -> assertThat(failure.kind()).isEqualTo(BrokerException.Kind.NO_SUCH_SYMBOL));
        assertThatThrownBy(() -> this.market.streamCandles(BinanceSimulatorExtension.SYMBOL, 7)
            .blockFirst(BinanceSimulatorExtension.REQUEST_TIMEOUT)).hasMessageContaining("7 seconds");
    }

    @WaitingTest
    void candlesNeverSaidToBeClosedAreAskedFor() {
        List<CandleUpdate> updates = watched();
        BinanceSimulatorExtension.await("a closed candle", () -> !closed(updates).isEmpty());
        this.binance.simulator().arm(Fault.NEVER_CLOSED, 3, 0);
        int before = closed(updates).size();
        BinanceSimulatorExtension.await("six more", () -> closed(updates).size() >= before + 6);
        assertThat(this.binance.simulator().isCalm()).isTrue();
        agree(updates);
    }

    @WaitingTest
    void candlesOfAnInterruptionAreFilledIn() {
        List<CandleUpdate> updates = watched();
        BinanceSimulatorExtension.await("a closed candle", () -> !closed(updates).isEmpty());
        int port = this.binance.simulator().port();
        this.binance.simulator().stop();
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        BinanceSimulatorExtension.await("five seconds without a broker", () -> System.nanoTime() > until);
        this.binance.simulator().start(port);
        int before = closed(updates).size();
        BinanceSimulatorExtension.await("eight more", () -> closed(updates).size() >= before + 8);
        agree(updates);
    }

    @WaitingTest
    void aQuietConnectionIsReplaced() {
        List<CandleUpdate> updates = watched();
        BinanceSimulatorExtension.await("a closed candle", () -> !closed(updates).isEmpty());
        this.binance.simulator().arm(Fault.QUIET_STREAM);
        BinanceSimulatorExtension.await("another connection", () -> this.binance.counter("opened") == 2);
        int before = closed(updates).size();
        BinanceSimulatorExtension.await("more candles", () -> closed(updates).size() >= before + 5);
        agree(updates);
    }

    @WaitingTest
    void aConnectionIsReplacedBeforeTheBrokerCutsIt() {
        BinanceTimeouts usual = BinanceSimulatorExtension.TIMEOUTS;
        BinanceTimeouts shortLived = new BinanceTimeouts(usual.connect(), usual.call(), usual.order(), usual.turn(),
                usual.silence(), Duration.ofSeconds(3), usual.poll(), usual.giveUp());
        try (BinanceSimulatorExtension otherBinance = new BinanceSimulatorExtension(shortLived)) {
            List<MarketTick> ticks = BinanceSimulatorExtension
                .collect(otherBinance.marketData().streamTicks(BinanceSimulatorExtension.SYMBOL));
            List<CandleUpdate> updates = BinanceSimulatorExtension
                .collect(otherBinance.marketData().streamCandles(BinanceSimulatorExtension.SYMBOL, 1));
            BinanceSimulatorExtension.await("a third connection", () -> otherBinance.counter("opened") >= 3);
            BinanceSimulatorExtension.await("the first ones to be closed",
                    () -> otherBinance.counter("connections") == 1);
            assertThat(ticks).doesNotHaveDuplicates();
            follow(closed(updates));
        }
    }

    @WaitingTest
    void aConnectionOfABrokerThatRestartsIsReplacedAtOnce() {
        List<CandleUpdate> updates = watched();
        BinanceSimulatorExtension.await("a closed candle", () -> !closed(updates).isEmpty());
        this.binance.simulator().control("/control/shutdown");
        BinanceSimulatorExtension.await("another connection", () -> this.binance.counter("opened") == 2);
        BinanceSimulatorExtension.await("the first one to be closed", () -> this.binance.counter("connections") == 1);
        int before = closed(updates).size();
        BinanceSimulatorExtension.await("more candles", () -> closed(updates).size() >= before + 3);
        agree(updates);
    }

    @WaitingTest
    void pingsAreAnsweredAndNobodyTalksTooMuch() {
        List<CandleUpdate> updates = watched();
        List<BrokerInstrument> pairs = BinanceSimulatorExtension.result(this.market.instruments());
        for (int seconds : new int[] { 60, 180, 300, 900, 1800 }) {
            for (BrokerInstrument pair : pairs) {
                BinanceSimulatorExtension.collect(this.market.streamCandles(pair.symbol(), seconds));
                long until = System.nanoTime() + Duration.ofMillis(60).toNanos();
                BinanceSimulatorExtension.await("a moment", () -> System.nanoTime() > until);
            }
        }
        BinanceSimulatorExtension.await("all streams", () -> this.binance.counter("streams") == 1 + 5L * pairs.size());
        BinanceSimulatorExtension.await("eight closed candles", () -> closed(updates).size() >= 8);
        assertThat(this.binance.counter("talkative")).isZero();
        assertThat(this.binance.counter("opened")).as("an unanswered ping ends a connection").isEqualTo(1);
    }

    @WaitingTest
    void asksNoMoreThanTheBrokerAllowsInAMinute() {
        // A new minute would reset the used weight.
        BinanceSimulatorExtension.await("a minute with time left",
                () -> Clock.systemUTC().instant().getEpochSecond() % 60 < 50);
        this.binance.simulator().control("/control/weight?most=30");
        BinanceSimulatorExtension.result(this.market.instruments());
        Instant to = Instant.ofEpochSecond(1_700_000_040);
        assertThatThrownBy(
                () -> this.market.candles(BinanceSimulatorExtension.SYMBOL, 60, to.minus(Duration.ofHours(150)), to)
                    .block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .isInstanceOf(BrokerException.class)
            .hasMessageContaining("no requests");
        assertThat(this.binance.counter("weight")).isBetween(20L, 27L);
        assertThat(this.binance.counter("ignored")).isZero();
    }

    private List<CandleUpdate> watched() {
        return BinanceSimulatorExtension.collect(this.market.streamCandles(BinanceSimulatorExtension.SYMBOL, 1));
    }

    private List<BrokerCandle> candles(int seconds, Instant from, Instant to) {
        return BinanceSimulatorExtension
            .result(this.market.candles(BinanceSimulatorExtension.SYMBOL, seconds, from, to));
    }

    private static List<BrokerCandle> closed(List<CandleUpdate> updates) {
        return updates.stream().filter(CandleUpdate::closed).map(CandleUpdate::candle).toList();
    }

    /** Asserts that the streamed candles equal the queried ones. */
    private void agree(List<CandleUpdate> updates) {
        List<BrokerCandle> closed = closed(updates);
        follow(closed);
        assertThat(closed).isEqualTo(candles(1, Instant.ofEpochSecond(closed.getFirst().from()),
                Instant.ofEpochSecond(closed.getLast().to())));
    }

    private static void follow(List<BrokerCandle> candles) {
        for (int index = 1; index < candles.size(); index++) {
            assertThat(candles.get(index).id()).isEqualTo(candles.get(index - 1).id() + 1);
        }
    }

}
