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
 * One replica's work, driven by hand on a real database: minutes come as records of a
 * partition of its own.
 */
final class TradingPipelineHarness {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.INDICATOR.topicName(), 0);

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final List<LedgerTransaction> done = new ArrayList<>();

    private final Instrument instrument;

    private final List<ConsumerRecord<String, byte[]>> records;

    private final OutcomeSignal untold = new OutcomeSignal();

    private TradingPipeline deciding;

    /** Where a replica that begins goes on. */
    private int position;

    TradingPipelineHarness(Instrument instrument) {
        this(instrument, new ArrayList<>());
        this.database.sql("delete from strategy.loop_state").update();
        take();
    }

    private TradingPipelineHarness(Instrument instrument, List<ConsumerRecord<String, byte[]>> records) {
        this.instrument = instrument;
        this.records = records;
        this.deciding = deciding(NoOpPricePublisher.make());
    }

    /** Another replica, which reads the same records. */
    TradingPipelineHarness other() {
        TradingPipelineHarness other = new TradingPipelineHarness(this.instrument, this.records);
        other.take();
        return other;
    }

    /** As after a crash: nothing is remembered. */
    void restart() {
        restart(NoOpPricePublisher.make());
    }

    /** The same, with where prices are told. */
    void restart(LastPricePublisher board) {
        this.deciding = deciding(board);
        take();
    }

    private TradingPipeline deciding(LastPricePublisher board) {
        ConsumerMetrics metrics = new ConsumerMetrics(new SimpleMeterRegistry(), "strategy");
        DecisionLatency lag = new DecisionLatency(new SimpleMeterRegistry(), Clock.systemUTC());
        DeadLetterPublisher letters = new DeadLetterPublisher(Topic.Service.STRATEGY,
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()), metrics);
        return new TradingPipeline(StrategyDatabase.shared().pool(), new IndicatorRecordDecoder(letters, lag),
                new OffsetRepository("strategy.loop_state"), new ActiveBotRepository(), new BotInstanceRepository(),
                this.done::add,
                new LiveAnalysisListener(new LiveAnalysisUpdater(
                        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())),
                this.untold, new ExecutionReportHandler(StrategyDatabase.shared().pool(), new OutboxTrigger(),
                        this.untold, JsonMapper.builder().build(), Clock.systemUTC()),
                board, lag, Clock.systemUTC(), metrics);
    }

    private void take() {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) this.records.size()));
        try {
            this.deciding.onPartitionsAssigned(consumer, List.of(PARTITION), 1);
            this.position = (int) consumer.position(PARTITION);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A minute is stored, and its record waits to be read. */
    void comes(long time, double open, double high, double low, double close) {
        comes(time, open, high, low, close, true);
    }

    /** A price within a minute. */
    void forms(long time, double open, double high, double low, double close) {
        comes(time, open, high, low, close, false);
    }

    private void comes(long time, double open, double high, double low, double close, boolean over) {
        Candle candle = new Candle(this.instrument, Timeframe.M1, time, units(open), units(high), units(low),
                units(close), BigDecimal.ONE, null, CandleSource.GIVEN, over, over ? 1 : 0);
        if (over) {
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
        boolean over = candle.isFinal();
        byte[] value = over
                ? IndicatorCodec.encode(
                        new IndicatorEvent(candle, IndicatorConvention.PLAIN,
                                new IndicatorValues(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                                        Double.NaN, Double.NaN, Double.NaN)))
                : CandleCodec.encode(CandleEvent.of(candle));
        this.records.add(new ConsumerRecord<>(over ? Topic.INDICATOR.topicName() : Topic.CANDLE.topicName(), 0,
                this.records.size(), this.instrument.key(), value));
    }

    /** Minutes that are stored already come and are read, after those before them. */
    void reads(List<Candle> minutes) throws SQLException {
        minutes.forEach(this::add);
        goesOn();
        this.position = this.records.size();
    }

    /** session-service tells that something happened. */
    void tells(BrokerSessionEvent event) {
        this.records.add(new ConsumerRecord<>(Topic.SESSION.topicName(), 0, this.records.size(),
                event.user().toString(), BrokerSessionEventCodec.encode(event)));
    }

    /** Reads the records from one on. */
    void reads(int from) throws SQLException {
        this.untold.comes();
        this.deciding.process(List.copyOf(this.records.subList(from, this.records.size())));
    }

    /** Reads the records from where the database says. */
    void goesOn() throws SQLException {
        reads(this.position);
    }

    /** A turn without records, after the time at which the roster is read again. */
    void looks() throws SQLException, InterruptedException {
        Thread.sleep(300);
        this.deciding.process(List.of());
    }

    int count() {
        return this.records.size();
    }

    List<String> strings(String sql, UUID bot) {
        return this.database.sql(sql).param("bot", bot).query((row, number) -> row.getString(1)).list();
    }

    private static long units(double price) {
        return Prices.of(BigDecimal.valueOf(price));
    }

}
