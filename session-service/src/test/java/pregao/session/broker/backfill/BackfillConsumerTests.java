package pregao.session.broker.backfill;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.backfill.BackfillCodec;
import pregao.contracts.backfill.BackfillRequest;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.ingest.FakeIngest;
import pregao.session.broker.marketdata.BrokerFeed;
import pregao.session.broker.marketdata.BrokerFeedRegistry;
import pregao.session.broker.marketdata.MarketDataSource;
import pregao.session.broker.marketdata.SessionMarketDataSource;
import pregao.session.broker.polarium.PolariumSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BackfillConsumer} and {@link BackfillHandler} at the simulator.
 */
class BackfillConsumerTests {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.BACKFILL.topicName(), 0);

    private static final Feed SECOND = new Feed("binance", PriceBasis.MID, FeedClock.UTC, FeedClock.UTC,
            Feed.CLOSE_AFTER, TradingCalendar.ALWAYS, false);

    private static final long FROM = 1_700_000_100_000L;

    private final PolariumSimulatorExtension polarium = new PolariumSimulatorExtension(InstantSource.system());

    private final FakeIngest ingest = new FakeIngest();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, null, new StringSerializer(),
            new ByteArraySerializer());

    private final BrokerSession session = this.polarium.openSession();

    private volatile @Nullable MarketDataSource source = new SessionMarketDataSource(this.session);

    private BackfillConsumer loop;

    private long offset;

    @BeforeEach
    void join() {
        Feed settings = new Feed("polarium", PriceBasis.MID, FeedClock.UTC, FeedClock.UTC, Feed.CLOSE_AFTER,
                TradingCalendar.ALWAYS, false);
        BrokerFeedRegistry feeds = new BrokerFeedRegistry(List.of(
                new BrokerFeed(settings, FakeIngest.KEY, () -> Mono.justOrEmpty(this.source)),
                new BrokerFeed(SECOND, FakeIngest.KEY, () -> Mono.just(new SessionMarketDataSource(this.session)))));
        BackfillMetrics counted = new BackfillMetrics(this.meters);
        this.loop = new BackfillConsumer(this.consumer, new BackfillHandler(feeds, this.ingest.door()),
                new DeadLetterPublisher(this.producer, counted), counted);
        this.loop.join();
        this.consumer.rebalance(List.of(PARTITION));
        this.consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void close() {
        this.loop.end();
        this.polarium.close();
        this.ingest.close();
    }

    @Test
    void fillsWhatIsMissingInPages() {
        wish("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 2500);
        await("the gap to be filled", () -> this.ingest.closed(PolariumSimulatorExtension.SYMBOL).size() == 2500);
        assertThat(this.ingest.closed(PolariumSimulatorExtension.SYMBOL).firstKey() * 1000).isEqualTo(FROM);
        await("the wish to be done with", () -> committed() == 1);
        assertThat(count("answered")).isOne();
    }

    @Test
    void fillsLongerCandles() {
        wish("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M5, 3);
        await("the gap to be filled", () -> this.ingest.closed(PolariumSimulatorExtension.SYMBOL).size() == 3);
        assertThat(this.ingest.closed(PolariumSimulatorExtension.SYMBOL)
            .firstEntry()
            .getValue()
            .path("timeframe")
            .asString()).isEqualTo("M5");
    }

    @Test
    void skipsOthersFeedsAndPutsTheUnreadableAside() {
        wish("mt5", "EURUSD", Timeframe.M1, 1);
        this.consumer.addRecord(record(new byte[] { 1, 2, 3 }));
        await("both to be done with", () -> committed() == 2);
        assertThat(this.producer.history()).singleElement().satisfies((letter) -> {
            assertThat(letter.topic()).isEqualTo("backfill.dlt");
            assertThat(letter.headers().lastHeader("cause").value()).isNotEmpty();
        });
        assertThat(this.ingest.closed(PolariumSimulatorExtension.SYMBOL)).isEmpty();
    }

    @Test
    void answersEqualWishesOnce() {
        wish("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        wish("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        await("both to be done with", () -> committed() == 2);
        assertThat(this.ingest.sizes()).containsExactly(5);
        assertThat(count("joined")).isOne();
    }

    @Test
    void doesNotAskAgainForWhatIsNotTraded() {
        wish("polarium", "COFFEE", Timeframe.M1, 5);
        wish("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        await("the second to be filled", () -> this.ingest.closed(PolariumSimulatorExtension.SYMBOL).size() == 5);
        await("both to be done with", () -> committed() == 2);
        assertThat(count("not_traded")).isOne();
    }

    @Test
    void triesAgainWhileIngestIsAwayAndNoSessionIsOpenAndGoesOnPolling() {
        this.source = null;
        this.ingest.stop();
        wish("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        wish("mt5", "EURUSD", Timeframe.M1, 1);
        await("the later one to be read", () -> this.consumer.position(PARTITION) == 2);
        assertThat(committed()).isZero();
        this.source = new SessionMarketDataSource(this.session);
        this.ingest.start();
        await("the gap to be filled", () -> this.ingest.closed(PolariumSimulatorExtension.SYMBOL).size() == 5);
        await("both to be done with", () -> committed() == 2);
    }

    @Test
    void answersOneFeedWhileAnotherHasNoSessionAndMoreWishesThanFit() {
        this.source = null;
        for (int candles = 1; candles <= 600; candles++) {
            wish("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, candles);
        }
        wish("binance", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        await("the other feed to be filled", () -> this.ingest.closed(PolariumSimulatorExtension.SYMBOL).size() == 5);
        assertThat(committed()).as("the first wish of the feed without a session stays open").isZero();
        assertThat(count("left_out")).isGreaterThanOrEqualTo(99);
        this.source = new SessionMarketDataSource(this.session);
        await("the first wish to be answered", () -> committed() > 0);
    }

    private void wish(String feed, String symbol, Timeframe timeframe, int candles) {
        long from = timeframe.bucketStart(FROM);
        this.consumer.addRecord(record(BackfillCodec.encode(new BackfillRequest(new Instrument(feed, symbol), timeframe,
                from, from + candles * timeframe.millis(), this.offset + 1))));
    }

    private ConsumerRecord<String, byte[]> record(byte[] value) {
        return new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), this.offset++, "key", value);
    }

    private long committed() {
        OffsetAndMetadata committed = this.consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return (committed != null) ? committed.offset() : 0;
    }

    private double count(String outcome) {
        return Objects.requireNonNull(this.meters.find("pregao.backfill.wishes").tag("outcome", outcome).counter())
            .count();
    }

    private void await(String what, BooleanSupplier condition) {
        PolariumSimulatorExtension.await(Duration.ofSeconds(30), what, () -> {
            this.loop.turn();
            return condition.getAsBoolean();
        });
    }

}
