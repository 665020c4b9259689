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
 * The work of the loop: every bot decides on every minute that comes, once, and what it
 * wants is written down in the transaction that moves the offset on.
 */
final class TradingPipeline implements PartitionProcessor {

    private static final Logger log = LoggerFactory.getLogger(TradingPipeline.class);

    private static final long REFRESH = 250;

    /** Offsets alone are moved on so often; what is read again then does no harm. */
    private static final long MOVE = 1_000;

    private final DataSource database;

    private final IndicatorRecordDecoder decoding;

    private final PartitionOffsets positions;

    private final OffsetRepository progress;

    private final ExecutionReportConsumer reporting;

    private final ActiveBotRepository roster;

    private final BotInstanceRegistry desks;

    private final BotInstanceRepository store;

    private final CommitListener done;

    private final LiveAnalysisListener watching;

    private final OutcomeSignal untold;

    private final LastPricePublisher board;

    private final DecisionLatency lag;

    private final Clock clock;

    private final EventTimeFeeds feeds = new EventTimeFeeds();

    private final FailedBotRegistry failed = new FailedBotRegistry();

    private int partitionCount = 1;

    /** Whether all desks that were at work before are so again. */
    private boolean awake;

    private long refreshed = Long.MIN_VALUE;

    private long moved = Long.MIN_VALUE;

    TradingPipeline(DataSource database, IndicatorRecordDecoder decoding, OffsetRepository progress,
            ActiveBotRepository roster, BotInstanceRepository store, CommitListener done, LiveAnalysisListener watching,
            OutcomeSignal untold, ExecutionReportHandler outcomes, LastPricePublisher board, DecisionLatency lag,
            Clock clock, LostRecords lost) {
        this.database = database;
        this.decoding = decoding;
        this.progress = progress;
        this.positions = new PartitionOffsets(progress, lost);
        this.reporting = new ExecutionReportConsumer(database, decoding, this.positions, progress, outcomes);
        this.roster = roster;
        this.store = store;
        this.desks = new BotInstanceRegistry(store);
        this.done = done;
        this.watching = watching;
        this.untold = untold;
        this.board = board;
        this.lag = lag;
        this.clock = clock;
    }

    @Override
    public boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            this.positions.seekToStored(connection, consumer, partitions);
        }
        this.partitionCount = partitionCount;
        this.awake = false;
        return true;
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        this.positions.remove(partitions);
        this.desks.forget((instrument) -> partitions.contains(minutes(instrument)));
        this.refreshed = Long.MIN_VALUE;
    }

    @Override
    public long nextDeadline() {
        return this.refreshed + REFRESH;
    }

    @Override
    public void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        // Once, before minutes of the batch count as read: it writes how far all is read.
        this.reporting.take(records);
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
     * All is done again without the bot: others may have acted after it in memory only.
     */
    private void halt(BotFailedException failure) throws SQLException {
        if (this.failed.contains(failure.bot())) {
            throw failure;
        }
        log.error("bot {} is halted, others go on", failure.bot(), failure);
        RetryingTransaction.run(this.database, (connection) -> {
            ActiveBotRepository.halt(connection, failure.bot(), Objects.requireNonNull(failure.getMessage()));
            return failure;
        });
        this.failed.add(failure.bot(), this.clock.millis());
        this.desks.forget((instrument) -> true);
        this.awake = false;
        this.refreshed = Long.MIN_VALUE;
    }

    private void decide(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        long now = this.clock.millis();
        List<Bot> stopping = List.of();
        boolean asks = this.untold.isThere();
        if (now - REFRESH >= this.refreshed) {
            stopping = refresh(now);
            asks = true; // other replicas write outcomes, too
        }
        PollBatch batch = batch(records);
        this.positions.advance(batch.next());
        TradingTransaction happening = happening(batch, stopping, asks);
        if (happening.isNothing() && (now - MOVE < this.moved || this.positions.pendingCommits(Set.of()).isEmpty())) {
            return;
        }
        TransactionContext turns = SingleAttemptTransaction.in(this.database, (connection) -> {
            TransactionContext begun = happening.in(connection, this.roster.bots(), this.desks, this.feeds, this.failed,
                    this.clock.instant());
            this.store.write(connection, begun.touched());
            begun.ledger().write(connection);
            this.progress.advance(connection, this.positions.pendingCommits(partitions(begun.touched())));
            return begun;
        });
        this.positions.markCommitted();
        this.moved = now;
        this.done.with(turns.ledger());
        batch.arrivals().stream().filter(CandleUpdate::over).forEach((arrival) -> this.lag.decided(arrival.candle()));
    }

    /** Where desks hear their minutes, which whoever writes of them must own. */
    private Set<TopicPartition> partitions(Collection<BotInstance> touched) {
        Set<TopicPartition> partitions = new HashSet<>();
        touched.forEach((desk) -> partitions.add(minutes(desk.instrument())));
        return partitions;
    }

    /** Where an instrument's minutes come. */
    private TopicPartition minutes(Instrument instrument) {
        return new TopicPartition(Topic.INDICATOR.topicName(),
                BuiltInPartitioner.partitionForKey(Utils.utf8(instrument.key()), this.partitionCount));
    }

    /** Those bots that stop and were not told so yet. */
    private List<Bot> refresh(long now) throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            List<Bot> changed = this.roster.refresh(connection);
            Set<String> moved = this.feeds.refresh(connection);
            this.desks.forget((instrument) -> moved.contains(instrument.feed()));
            this.watching.refresh(connection);
            for (Bot bot : changed) {
                if (bot.state() == Bot.State.RUNNING) {
                    this.failed.remove(bot.id());
                    this.desks.forget(bot.id());
                }
            }
            this.desks.of(this.roster.bots().values());
            // Their desks have missed minutes.
            Set<UUID> told = new TreeSet<>(this.failed.expire(now));
            told.forEach(this.desks::forget);
            told.retainAll(this.roster.bots().keySet());
            changed.forEach((bot) -> told.add(bot.id()));
            Set<UUID> asleep = this.awake ? Set.copyOf(told) : this.roster.bots().keySet();
            if (!asleep.isEmpty()) {
                told.addAll(this.desks.wake(connection, asleep, this.roster.bots(),
                        (instrument) -> this.positions.owns(minutes(instrument))));
            }
            this.awake = true;
            this.refreshed = now;
            return stopping(told);
        }
    }

    private List<Bot> stopping(Set<UUID> bots) {
        return bots.stream()
            .map((id) -> Objects.requireNonNull(this.roster.bots().get(id)))
            .filter((bot) -> bot.state() != Bot.State.RUNNING)
            .toList();
    }

    private PollBatch batch(Iterable<ConsumerRecord<String, byte[]>> records) {
        PollBatch batch = new PollBatch();
        for (ConsumerRecord<String, byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            batch.read(partition, record.offset());
            if (record.topic().equals(Topic.CANDLE.topicName()) && record.key() != null) {
                this.board.saw(record.key(), record.value());
            }
            CandleUpdate arrival = this.decoding.of(record,
                    (key) -> this.desks.isWanted(key) || this.watching.isWanted(key));
            if (arrival != null && heeds(arrival)) {
                batch.add(arrival);
            }
        }
        return batch;
    }

    private boolean heeds(CandleUpdate arrival) {
        Candle candle = arrival.candle();
        if (arrival.over()) {
            return true;
        }
        return !this.feeds.isReplay(candle.instrument().feed())
                && this.desks.at(candle.instrument()).stream().anyMatch((desk) -> desk.isInterestedIn(candle));
    }

    private TradingTransaction happening(PollBatch batch, List<Bot> stopping, boolean asks) throws SQLException {
        Set<UUID> asked = asks ? this.roster.bots().keySet() : Set.of();
        if (batch.firstMinutes().isEmpty() && asked.isEmpty()) {
            return new TradingTransaction(batch, List.of(), stopping, this.watching);
        }
        try (Connection connection = this.database.getConnection()) {
            // Those that stop were told so, but not the desks that are made anew.
            Set<UUID> told = this.desks.complete(connection, batch.firstMinutes(), this.roster.bots(), this.feeds);
            stopping.forEach((bot) -> told.add(bot.id()));
            List<Order> ended = asked.isEmpty() ? List.of() : OrderRepository.toTell(connection, asked);
            return new TradingTransaction(batch, ended.stream().filter(this::isOurs).toList(), stopping(told),
                    this.watching);
        }
    }

    private boolean isOurs(Order order) {
        UUID bot = order.owner().bot();
        return bot != null && this.desks.at(order.instrument(), bot) != null;
    }

}
