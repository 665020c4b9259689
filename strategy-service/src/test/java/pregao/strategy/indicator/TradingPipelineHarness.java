package pregao.strategy.indicator;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.indicator.IndicatorCodec;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorEvent;
import pregao.contracts.indicator.IndicatorValues;
import pregao.contracts.session.BrokerSessionEvent;
import pregao.contracts.session.BrokerSessionEventCodec;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.DeadLetterPublisher;
import pregao.pipeline.offset.OffsetRepository;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.bot.ActiveBotRepository;
import pregao.strategy.catalog.live.LiveAnalysisUpdater;
import pregao.strategy.execution.ExecutionReportHandler;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.outbox.OutboxTrigger;
import pregao.strategy.price.LastPricePublisher;
import pregao.strategy.price.NoOpPricePublisher;

/**
 * The trading pipeline of one replica, called directly on a real database. Candles are
 * records of a single partition.
 */
final class TradingPipelineHarness {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.INDICATOR.topicName(), 0);

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final List<LedgerTransaction> committed = new ArrayList<>();

    private final Instrument instrument;

    private final List<ConsumerRecord<String, byte[]>> records;

    private final OutcomeSignal outcomeSignal = new OutcomeSignal();

    private TradingPipeline pipeline;

    /** The offset at which a new replica continues. */
    private int nextRecord;

    TradingPipelineHarness(Instrument instrument) {
        this(instrument, new ArrayList<>());
        this.database.sql("delete from strategy.loop_state").update();
        assignPartition();
    }

    private TradingPipelineHarness(Instrument instrument, List<ConsumerRecord<String, byte[]>> records) {
        this.instrument = instrument;
        this.records = records;
        this.pipeline = createPipeline(NoOpPricePublisher.create());
    }

    /** Creates another replica that reads the same records. */
    TradingPipelineHarness createOtherReplica() {
        TradingPipelineHarness replica = new TradingPipelineHarness(this.instrument, this.records);
        replica.assignPartition();
        return replica;
    }

    /** Simulates a crash: all state in memory is lost. */
    void restart() {
        restart(NoOpPricePublisher.create());
    }

    /** Simulates a crash, and uses another price publisher after it. */
    void restart(LastPricePublisher pricePublisher) {
        this.pipeline = createPipeline(pricePublisher);
        assignPartition();
    }

    private TradingPipeline createPipeline(LastPricePublisher pricePublisher) {
        ConsumerMetrics metrics = new ConsumerMetrics(new SimpleMeterRegistry(), "strategy");
        DecisionLatency latency = new DecisionLatency(new SimpleMeterRegistry(), Clock.systemUTC());
        DeadLetterPublisher deadLetters = new DeadLetterPublisher(Topic.Service.STRATEGY,
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()), metrics);
        return new TradingPipeline(StrategyDatabase.shared().pool(), new IndicatorRecordDecoder(deadLetters, latency),
                new OffsetRepository("strategy.loop_state"), new ActiveBotRepository(), new BotInstanceRepository(),
                this.committed::add,
                new LiveAnalysisListener(new LiveAnalysisUpdater(
                        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())),
                this.outcomeSignal,
                new ExecutionReportHandler(StrategyDatabase.shared().pool(), new OutboxTrigger(), this.outcomeSignal,
                        JsonMapper.builder().build(), Clock.systemUTC()),
                pricePublisher, latency, Clock.systemUTC(), metrics);
    }

    private void assignPartition() {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) this.records.size()));
        try {
            this.pipeline.onPartitionsAssigned(consumer, List.of(PARTITION), 1);
            this.nextRecord = (int) consumer.position(PARTITION);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Stores a final candle and adds its record. */
    void addFinalCandle(long time, double open, double high, double low, double close) {
        addFinalCandle(time, open, high, low, close, true);
    }

    /** Adds the record of a forming candle. */
    void addFormingCandle(long time, double open, double high, double low, double close) {
        addFinalCandle(time, open, high, low, close, false);
    }

    private void addFinalCandle(long time, double open, double high, double low, double close, boolean isFinal) {
        Candle candle = new Candle(this.instrument, Timeframe.M1, time, units(open), units(high), units(low),
                units(close), BigDecimal.ONE, null, CandleSource.GIVEN, isFinal, isFinal ? 1 : 0);
        if (isFinal) {
            StrategyDatabase.shared()
                .market()
                .execute(
                        """
                                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source,
                                  final, rank, revision)
                                values ('%s', '%s', 'M1', '%s', %s, %s, %s, %s, 1, 'given', true, 4, 1) on conflict do nothing"""
                            .formatted(this.instrument.feed(), this.instrument.symbol(), Instant.ofEpochMilli(time),
                                    open, high, low, close));
        }
        add(candle);
    }

    private void add(Candle candle) {
        boolean isFinal = candle.isFinal();
        byte[] value = isFinal
                ? IndicatorCodec.encode(
                        new IndicatorEvent(candle, IndicatorConvention.PLAIN,
                                new IndicatorValues(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                                        Double.NaN, Double.NaN, Double.NaN)))
                : CandleCodec.encode(CandleEvent.of(candle));
        this.records.add(new ConsumerRecord<>(isFinal ? Topic.INDICATOR.topicName() : Topic.CANDLE.topicName(), 0,
                this.records.size(), this.instrument.key(), value));
    }

    /** Adds and reads the records of stored candles. */
    void readFrom(List<Candle> minutes) throws SQLException {
        minutes.forEach(this::add);
        readNext();
        this.nextRecord = this.records.size();
    }

    /** Adds a record of session-service. */
    void addSessionEvent(BrokerSessionEvent event) {
        this.records.add(new ConsumerRecord<>(Topic.SESSION.topicName(), 0, this.records.size(),
                event.user().toString(), BrokerSessionEventCodec.encode(event)));
    }

    /** Reads the records from an index on. */
    void readFrom(int from) throws SQLException {
        this.outcomeSignal.set();
        this.pipeline.process(List.copyOf(this.records.subList(from, this.records.size())));
    }

    /** Reads the records from the stored offset on. */
    void readNext() throws SQLException {
        readFrom(this.nextRecord);
    }

    /** Polls without records, after the interval at which bots are reloaded. */
    void pollWithoutRecords() throws SQLException, InterruptedException {
        Thread.sleep(300);
        this.pipeline.process(List.of());
    }

    int recordCount() {
        return this.records.size();
    }

    List<String> queryStrings(String sql, UUID bot) {
        return this.database.sql(sql).param("bot", bot).query((row, number) -> row.getString(1)).list();
    }

    private static long units(double price) {
        return Prices.of(BigDecimal.valueOf(price));
    }

}
