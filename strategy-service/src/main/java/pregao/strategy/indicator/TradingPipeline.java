package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Instrument;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.pipeline.consumer.PartitionProcessor;
import pregao.pipeline.offset.LostRecords;
import pregao.pipeline.offset.OffsetRepository;
import pregao.pipeline.offset.PartitionOffsets;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.bot.ActiveBotRepository;
import pregao.strategy.bot.Bot;
import pregao.strategy.engine.BotInstance;
import pregao.strategy.execution.ExecutionReportHandler;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.price.LastPricePublisher;

/**
 * Processes the records of the trading consumer. Every bot decides on every final candle
 * exactly once: its decisions and orders are written in the transaction that also writes
 * the offsets.
 */
final class TradingPipeline implements PartitionProcessor {

    private static final Logger log = LoggerFactory.getLogger(TradingPipeline.class);

    private static final long REFRESH_INTERVAL = 250;

    /** How often offsets alone are written. Reading records again does no harm. */
    private static final long OFFSET_WRITE_INTERVAL = 1_000;

    private final DataSource database;

    private final IndicatorRecordDecoder decoder;

    private final PartitionOffsets offsets;

    private final OffsetRepository offsetRepository;

    private final ExecutionReportConsumer reportConsumer;

    private final ActiveBotRepository activeBots;

    private final BotInstanceRegistry instances;

    private final BotInstanceRepository instanceRepository;

    private final CommitListener commitListener;

    private final LiveAnalysisListener analysisListener;

    private final OutcomeSignal outcomeSignal;

    private final LastPricePublisher pricePublisher;

    private final DecisionLatency latency;

    private final Clock clock;

    private final EventTimeFeeds feeds = new EventTimeFeeds();

    private final FailedBotRegistry failedBots = new FailedBotRegistry();

    private int partitionCount = 1;

    /** Whether all stored instances of the active bots are restored. */
    private boolean instancesRestored;

    private long lastRefresh = Long.MIN_VALUE;

    private long lastOffsetWrite = Long.MIN_VALUE;

    TradingPipeline(DataSource database, IndicatorRecordDecoder decoder, OffsetRepository offsetRepository,
            ActiveBotRepository activeBots, BotInstanceRepository instanceRepository, CommitListener commitListener,
            LiveAnalysisListener analysisListener, OutcomeSignal outcomeSignal, ExecutionReportHandler reportHandler,
            LastPricePublisher pricePublisher, DecisionLatency latency, Clock clock, LostRecords lostRecords) {
        this.database = database;
        this.decoder = decoder;
        this.offsetRepository = offsetRepository;
        this.offsets = new PartitionOffsets(offsetRepository, lostRecords);
        this.reportConsumer = new ExecutionReportConsumer(database, decoder, this.offsets, offsetRepository,
                reportHandler);
        this.activeBots = activeBots;
        this.instanceRepository = instanceRepository;
        this.instances = new BotInstanceRegistry(instanceRepository);
        this.commitListener = commitListener;
        this.analysisListener = analysisListener;
        this.outcomeSignal = outcomeSignal;
        this.pricePublisher = pricePublisher;
        this.latency = latency;
        this.clock = clock;
    }

    @Override
    public boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            this.offsets.seekToStored(connection, consumer, partitions);
        }
        this.partitionCount = partitionCount;
        this.instancesRestored = false;
        return true;
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        this.offsets.remove(partitions);
        this.instances.remove((instrument) -> partitions.contains(findPartition(instrument)));
        this.lastRefresh = Long.MIN_VALUE;
    }

    @Override
    public long nextDeadline() {
        return this.lastRefresh + REFRESH_INTERVAL;
    }

    @Override
    public void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        // Must come before the candles count as read, because it writes all offsets.
        this.reportConsumer.process(records);
        for (;;) {
            try {
                decide(records);
                return;
            }
            catch (BotFailedException ex) {
                halt(ex);
            }
        }
    }

    /**
     * Halts a bot. The batch is repeated, because others may have acted in memory only.
     */
    private void halt(BotFailedException failure) throws SQLException {
        if (this.failedBots.contains(failure.bot())) {
            throw failure;
        }
        log.error("bot {} is halted, others go on", failure.bot(), failure);
        RetryingTransaction.run(this.database, (connection) -> {
            ActiveBotRepository.halt(connection, failure.bot(), Objects.requireNonNull(failure.getMessage()));
            return failure;
        });
        this.failedBots.add(failure.bot(), this.clock.millis());
        this.instances.remove((instrument) -> true);
        this.instancesRestored = false;
        this.lastRefresh = Long.MIN_VALUE;
    }

    private void decide(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        long now = this.clock.millis();
        List<Bot> stopping = List.of();
        boolean checksOrders = this.outcomeSignal.getAndClear();
        if (now - REFRESH_INTERVAL >= this.lastRefresh) {
            stopping = refresh(now);
            checksOrders = true; // other replicas write outcomes, too
        }
        PollBatch batch = decodeBatch(records);
        this.offsets.advance(batch.nextOffsets());
        TradingTransaction transaction = createTransaction(batch, stopping, checksOrders);
        if (transaction.isEmpty() && (now - OFFSET_WRITE_INTERVAL < this.lastOffsetWrite
                || this.offsets.pendingCommits(Set.of()).isEmpty())) {
            return;
        }
        TransactionContext committed = SingleAttemptTransaction.run(this.database, (connection) -> {
            TransactionContext context = transaction.run(connection, this.activeBots.bots(), this.instances, this.feeds,
                    this.failedBots, this.clock.instant());
            this.instanceRepository.save(connection, context.changedInstances());
            context.ledger().write(connection);
            this.offsetRepository.advance(connection,
                    this.offsets.pendingCommits(findPartitions(context.changedInstances())));
            return context;
        });
        this.offsets.markCommitted();
        this.lastOffsetWrite = now;
        this.commitListener.afterCommit(committed.ledger());
        batch.finalCandles().forEach(this.latency::markDecided);
    }

    /** Returns the partitions that a replica must own to write the state of instances. */
    private Set<TopicPartition> findPartitions(Collection<BotInstance> instances) {
        Set<TopicPartition> partitions = new HashSet<>();
        instances.forEach((instance) -> partitions.add(findPartition(instance.instrument())));
        return partitions;
    }

    /** Returns the partition of the final candles of an instrument. */
    private TopicPartition findPartition(Instrument instrument) {
        return new TopicPartition(Topic.INDICATOR.topicName(),
                BuiltInPartitioner.partitionForKey(Utils.utf8(instrument.key()), this.partitionCount));
    }

    /**
     * Reloads bots, feeds and live analyses.
     * @return the bots that are not running, and whose instances do not know it yet
     */
    private List<Bot> refresh(long now) throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            List<Bot> changed = this.activeBots.refresh(connection);
            Set<String> rebuiltFeeds = this.feeds.refresh(connection);
            this.instances.remove((instrument) -> rebuiltFeeds.contains(instrument.feed()));
            this.analysisListener.refresh(connection);
            for (Bot bot : changed) {
                if (bot.state() == Bot.State.RUNNING) {
                    this.failedBots.remove(bot.id());
                    this.instances.remove(bot.id());
                }
            }
            this.instances.updateBots(this.activeBots.bots().values());
            // The instances of a bot that is retried have missed candles.
            Set<UUID> affected = new TreeSet<>(this.failedBots.expire(now));
            affected.forEach(this.instances::remove);
            affected.retainAll(this.activeBots.bots().keySet());
            changed.forEach((bot) -> affected.add(bot.id()));
            Set<UUID> toRestore = this.instancesRestored ? Set.copyOf(affected) : this.activeBots.bots().keySet();
            if (!toRestore.isEmpty()) {
                affected.addAll(this.instances.restore(connection, toRestore, this.activeBots.bots(),
                        (instrument) -> this.offsets.owns(findPartition(instrument))));
            }
            this.instancesRestored = true;
            this.lastRefresh = now;
            return selectStopping(affected);
        }
    }

    private List<Bot> selectStopping(Set<UUID> botIds) {
        return botIds.stream()
            .map((id) -> Objects.requireNonNull(this.activeBots.bots().get(id)))
            .filter((bot) -> bot.state() != Bot.State.RUNNING)
            .toList();
    }

    private PollBatch decodeBatch(Iterable<ConsumerRecord<String, byte[]>> records) {
        PollBatch batch = new PollBatch();
        for (ConsumerRecord<String, byte[]> record : records) {
            batch.markRead(new TopicPartition(record.topic(), record.partition()), record.offset());
            if (record.topic().equals(Topic.CANDLE.topicName()) && record.key() != null) {
                this.pricePublisher.onCandleRecord(record.key(), record.value());
            }
            CandleUpdate update = this.decoder.decodeCandle(record,
                    (key) -> this.instances.hasBotsOn(key) || this.analysisListener.isWatched(key));
            if (update != null && isRelevant(update)) {
                batch.add(update);
            }
        }
        return batch;
    }

    private boolean isRelevant(CandleUpdate update) {
        Candle candle = update.candle();
        return update.over() || (!this.feeds.isReplay(candle.instrument().feed())
                && this.instances.find(candle.instrument()).stream().anyMatch((bot) -> bot.isInterestedIn(candle)));
    }

    private TradingTransaction createTransaction(PollBatch batch, List<Bot> stopping, boolean checksOrders)
            throws SQLException {
        Set<UUID> botIds = checksOrders ? this.activeBots.bots().keySet() : Set.of();
        if (batch.firstMinutes().isEmpty() && botIds.isEmpty()) {
            return new TradingTransaction(batch, List.of(), stopping, this.analysisListener);
        }
        try (Connection connection = this.database.getConnection()) {
            // Running instances already know that their bot stops; new ones do not.
            Set<UUID> affected = this.instances.createMissing(connection, batch.firstMinutes(), this.activeBots.bots(),
                    this.feeds);
            stopping.forEach((bot) -> affected.add(bot.id()));
            List<Order> orders = botIds.isEmpty() ? List.of() : OrderRepository.findUndelivered(connection, botIds);
            return new TradingTransaction(batch, orders.stream().filter(this::hasInstance).toList(),
                    selectStopping(affected), this.analysisListener);
        }
    }

    private boolean hasInstance(Order order) {
        UUID bot = order.owner().bot();
        return bot != null && this.instances.find(order.instrument(), bot) != null;
    }

}
