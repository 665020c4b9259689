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

    private static final Feed BINANCE_FEED = new Feed("binance", PriceBasis.MID, FeedClock.UTC, FeedClock.UTC,
            Feed.CLOSE_AFTER, TradingCalendar.ALWAYS, false);

    private static final long FROM = 1_700_000_100_000L;

    private final PolariumSimulatorExtension polarium = new PolariumSimulatorExtension(InstantSource.system());

    private final FakeIngest ingest = new FakeIngest();

    private final SimpleMeterRegistry meterRegistry = new SimpleMeterRegistry();

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, null, new StringSerializer(),
            new ByteArraySerializer());

    private final BrokerSession session = this.polarium.openSession();

    private volatile @Nullable MarketDataSource source = new SessionMarketDataSource(this.session);

    private BackfillConsumer backfillConsumer;

    private long offset;

    @BeforeEach
    void join() {
        Feed polariumFeed = new Feed("polarium", PriceBasis.MID, FeedClock.UTC, FeedClock.UTC, Feed.CLOSE_AFTER,
                TradingCalendar.ALWAYS, false);
        BrokerFeedRegistry feeds = new BrokerFeedRegistry(List
            .of(new BrokerFeed(polariumFeed, FakeIngest.KEY, () -> Mono.justOrEmpty(this.source)), new BrokerFeed(
                    BINANCE_FEED, FakeIngest.KEY, () -> Mono.just(new SessionMarketDataSource(this.session)))));
        BackfillMetrics metrics = new BackfillMetrics(this.meterRegistry);
        this.backfillConsumer = new BackfillConsumer(this.consumer,
                new BackfillHandler(feeds, this.ingest.createClient()), new DeadLetterPublisher(this.producer, metrics),
                metrics);
        this.backfillConsumer.subscribe();
        this.consumer.rebalance(List.of(PARTITION));
        this.consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void close() {
        this.backfillConsumer.cancelInFlight();
        this.polarium.close();
        this.ingest.close();
    }

    @Test
    void fillsWhatIsMissingInPages() {
        addRequest("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 2500);
        await("the gap to be filled", () -> this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size() == 2500);
        assertThat(this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).firstKey() * 1000).isEqualTo(FROM);
        await("the wish to be done with", () -> committedOffset() == 1);
        assertThat(count("answered")).isOne();
    }

    @Test
    void fillsLongerCandles() {
        addRequest("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M5, 3);
        await("the gap to be filled", () -> this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size() == 3);
        assertThat(this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL)
            .firstEntry()
            .getValue()
            .path("timeframe")
            .asString()).isEqualTo("M5");
    }

    @Test
    void skipsOthersFeedsAndPutsTheUnreadableAside() {
        addRequest("mt5", "EURUSD", Timeframe.M1, 1);
        this.consumer.addRecord(record(new byte[] { 1, 2, 3 }));
        await("both to be done with", () -> committedOffset() == 2);
        assertThat(this.producer.history()).singleElement().satisfies((deadLetter) -> {
            assertThat(deadLetter.topic()).isEqualTo("backfill.dlt");
            assertThat(deadLetter.headers().lastHeader("cause").value()).isNotEmpty();
        });
        assertThat(this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL)).isEmpty();
    }

    @Test
    void answersEqualWishesOnce() {
        addRequest("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        addRequest("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        await("both to be done with", () -> committedOffset() == 2);
        assertThat(this.ingest.requestSizes()).containsExactly(5);
        assertThat(count("joined")).isOne();
    }

    @Test
    void doesNotAskAgainForWhatIsNotTraded() {
        addRequest("polarium", "COFFEE", Timeframe.M1, 5);
        addRequest("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        await("the second to be filled", () -> this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size() == 5);
        await("both to be done with", () -> committedOffset() == 2);
        assertThat(count("not_traded")).isOne();
    }

    @Test
    void triesAgainWhileIngestIsAwayAndNoSessionIsOpenAndGoesOnPolling() {
        this.source = null;
        this.ingest.stop();
        addRequest("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        addRequest("mt5", "EURUSD", Timeframe.M1, 1);
        await("the later one to be read", () -> this.consumer.position(PARTITION) == 2);
        assertThat(committedOffset()).isZero();
        this.source = new SessionMarketDataSource(this.session);
        this.ingest.start();
        await("the gap to be filled", () -> this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size() == 5);
        await("both to be done with", () -> committedOffset() == 2);
    }

    @Test
    void answersOneFeedWhileAnotherHasNoSessionAndMoreWishesThanFit() {
        this.source = null;
        for (int candles = 1; candles <= 600; candles++) {
            addRequest("polarium", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, candles);
        }
        addRequest("binance", PolariumSimulatorExtension.SYMBOL, Timeframe.M1, 5);
        await("the other feed to be filled",
                () -> this.ingest.finalCandles(PolariumSimulatorExtension.SYMBOL).size() == 5);
        assertThat(committedOffset()).as("the first wish of the feed without a session stays open").isZero();
        assertThat(count("left_out")).isGreaterThanOrEqualTo(99);
        this.source = new SessionMarketDataSource(this.session);
        await("the first wish to be answered", () -> committedOffset() > 0);
    }

    private void addRequest(String feed, String symbol, Timeframe timeframe, int candles) {
        long from = timeframe.bucketStart(FROM);
        this.consumer.addRecord(record(BackfillCodec.encode(new BackfillRequest(new Instrument(feed, symbol), timeframe,
                from, from + candles * timeframe.millis(), this.offset + 1))));
    }

    private ConsumerRecord<String, byte[]> record(byte[] value) {
        return new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), this.offset++, "key", value);
    }

    private long committedOffset() {
        OffsetAndMetadata metadata = this.consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return (metadata != null) ? metadata.offset() : 0;
    }

    private double count(String outcome) {
        return Objects
            .requireNonNull(this.meterRegistry.find("pregao.backfill.wishes").tag("outcome", outcome).counter())
            .count();
    }

    private void await(String description, BooleanSupplier condition) {
        PolariumSimulatorExtension.await(Duration.ofSeconds(30), description, () -> {
            this.backfillConsumer.pollOnce();
            return condition.getAsBoolean();
        });
    }

}
