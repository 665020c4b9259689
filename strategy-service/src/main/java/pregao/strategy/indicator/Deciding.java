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
import pregao.loop.Work;
import pregao.loop.fence.LostRecords;
import pregao.loop.fence.Positions;
import pregao.loop.fence.ProgressStore;
import pregao.loop.fence.Transaction;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Roster;
import pregao.strategy.desk.Desk;
import pregao.strategy.execution.Outcomes;
import pregao.strategy.order.Order;
import pregao.strategy.order.Orders;
import pregao.strategy.order.Untold;
import pregao.strategy.price.PriceBoard;

/**
 * The work of the loop: every bot decides on every minute that comes, once, and what it
 * wants is written down in the transaction that moves the offset on.
 */
final class Deciding implements Work {

    private static final Logger log = LoggerFactory.getLogger(Deciding.class);

    private static final long REFRESH = 250;

    /** Offsets alone are moved on so often; what is read again then does no harm. */
    private static final long MOVE = 1_000;

    private final DataSource database;

    private final Decoding decoding;

    private final Positions positions;

    private final ProgressStore progress;

    private final Reporting reporting;

    private final Roster roster;

    private final Desks desks;

    private final DeskStore store;

    private final Done done;

    private final Watching watching;

    private final Untold untold;

    private final PriceBoard board;

    private final Lag lag;

    private final Clock clock;

    private final Feeds feeds = new Feeds();

    private final FailedBots failed = new FailedBots();

    private int partitionCount = 1;

    /** Whether all desks that were at work before are so again. */
    private boolean awake;

    private long refreshed = Long.MIN_VALUE;

    private long moved = Long.MIN_VALUE;

    Deciding(DataSource database, Decoding decoding, ProgressStore progress, Roster roster, DeskStore store, Done done,
            Watching watching, Untold untold, Outcomes outcomes, PriceBoard board, Lag lag, Clock clock,
            LostRecords lost) {
        this.database = database;
        this.decoding = decoding;
        this.progress = progress;
        this.positions = new Positions(progress, lost);
        this.reporting = new Reporting(database, decoding, this.positions, progress, outcomes);
        this.roster = roster;
        this.store = store;
        this.desks = new Desks(store);
        this.done = done;
        this.watching = watching;
        this.untold = untold;
        this.board = board;
        this.lag = lag;
        this.clock = clock;
    }

    @Override
    public boolean take(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions, int partitionCount)
            throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            this.positions.take(connection, consumer, partitions);
        }
        this.partitionCount = partitionCount;
        this.awake = false;
        return true;
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        this.positions.forget(partitions);
        this.desks.forget((instrument) -> partitions.contains(minutes(instrument)));
        this.refreshed = Long.MIN_VALUE;
    }

    @Override
    public long nextDue() {
        return this.refreshed + REFRESH;
    }

    @Override
    public void step(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
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
        Transaction.run(this.database, (connection) -> {
            Roster.halt(connection, failure.bot(), Objects.requireNonNull(failure.getMessage()));
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
        Batch batch = batch(records);
        this.positions.read(batch.next());
        Happening happening = happening(batch, stopping, asks);
        boolean idle = happening.isNothing();
        if (idle && (now - MOVE < this.moved || this.positions.moves(Set.of()).isEmpty())) {
            return;
        }
        Turns turns = Once.in(this.database, (connection) -> {
            Turns begun = happening.in(connection, this.roster.bots(), this.desks, this.feeds, this.failed,
                    this.clock.instant());
            this.store.write(connection, begun.touched());
            begun.ledger().write(connection);
            this.progress.move(connection, this.positions.moves(partitions(begun.touched())));
            return begun;
        });
        this.positions.moved();
        this.moved = now;
        this.done.with(turns.ledger());
        batch.arrivals().stream().filter(Arrival::over).forEach((arrival) -> this.lag.decided(arrival.candle()));
    }

    /** Where desks hear their minutes, which whoever writes of them must own. */
    private Set<TopicPartition> partitions(Collection<Desk> touched) {
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

    private Batch batch(Iterable<ConsumerRecord<String, byte[]>> records) {
        Batch batch = new Batch();
        for (ConsumerRecord<String, byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            batch.read(partition, record.offset());
            if (record.topic().equals(Topic.CANDLE.topicName()) && record.key() != null) {
                this.board.saw(record.key(), record.value());
            }
            Arrival arrival = this.decoding.of(record,
                    (key) -> this.desks.isWanted(key) || this.watching.isWanted(key));
            if (arrival != null && heeds(arrival)) {
                batch.add(arrival);
            }
        }
        return batch;
    }

    private boolean heeds(Arrival arrival) {
        Candle candle = arrival.candle();
        if (arrival.over()) {
            return true;
        }
        return !this.feeds.isReplay(candle.instrument().feed())
                && this.desks.at(candle.instrument()).stream().anyMatch((desk) -> desk.heeds(candle));
    }

    private Happening happening(Batch batch, List<Bot> stopping, boolean asks) throws SQLException {
        Set<UUID> asked = asks ? this.roster.bots().keySet() : Set.of();
        if (batch.firstMinutes().isEmpty() && asked.isEmpty()) {
            return new Happening(batch, List.of(), stopping, this.watching);
        }
        try (Connection connection = this.database.getConnection()) {
            // Those that stop were told so, but not the desks that are made anew.
            Set<UUID> told = this.desks.complete(connection, batch.firstMinutes(), this.roster.bots(), this.feeds);
            stopping.forEach((bot) -> told.add(bot.id()));
            List<Order> ended = asked.isEmpty() ? List.of() : Orders.toTell(connection, asked);
            return new Happening(batch, ended.stream().filter(this::isOurs).toList(), stopping(told), this.watching);
        }
    }

    private boolean isOurs(Order order) {
        UUID bot = order.owner().bot();
        return bot != null && this.desks.at(order.instrument(), bot) != null;
    }

}
