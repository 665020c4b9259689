package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.market.backtest.StrategyEvaluator;
import pregao.market.option.OptionTraderSnapshot;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.engine.BotInstance;
import pregao.strategy.engine.BotInstanceSnapshot;
import pregao.strategy.engine.OptionBotInstance;
import pregao.strategy.engine.SpotBotInstance;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;

/**
 * The bot instances in memory, for the instruments whose partitions this replica owns.
 * Instances are restored from the stored snapshots, or created when the first candle of
 * their instrument arrives, and dropped whenever their state is uncertain. Not
 * thread-safe: only the consumer thread uses it.
 */
final class BotInstanceRegistry {

    private static final long MINUTE_MILLIS = 60_000;

    private final BotInstanceRepository repository;

    private final Map<String, Set<UUID>> botsByInstrument = new HashMap<>();

    private final Map<Instrument, Map<UUID, BotInstance>> instances = new HashMap<>();

    BotInstanceRegistry(BotInstanceRepository repository) {
        this.repository = repository;
    }

    /**
     * Sets which bots trade which instruments, and drops the instances of bots that no
     * longer exist.
     */
    void updateBots(Collection<Bot> bots) {
        this.botsByInstrument.clear();
        Set<UUID> ids = new HashSet<>();
        for (Bot bot : bots) {
            ids.add(bot.id());
            bot.instruments()
                .forEach((instrument) -> this.botsByInstrument
                    .computeIfAbsent(instrument.key(), (key) -> new HashSet<>())
                    .add(bot.id()));
        }
        this.instances.values().forEach((instancesByBot) -> instancesByBot.keySet().retainAll(ids));
    }

    /** Returns whether any bot trades an instrument. */
    boolean hasBotsOn(String instrumentKey) {
        return this.botsByInstrument.containsKey(instrumentKey);
    }

    void remove(Predicate<Instrument> predicate) {
        this.instances.keySet().removeIf(predicate);
    }

    /** Drops the instances of a bot, because the bot has changed. */
    void remove(UUID bot) {
        this.instances.values().forEach((instancesByBot) -> instancesByBot.remove(bot));
    }

    /** Returns the instances of all bots on an instrument. */
    Collection<BotInstance> find(Instrument instrument) {
        return this.instances.getOrDefault(instrument, Map.of()).values();
    }

    Collection<BotInstance> findByBot(UUID bot) {
        List<BotInstance> result = new ArrayList<>();
        for (Map<UUID, BotInstance> instancesByBot : this.instances.values()) {
            BotInstance instance = instancesByBot.get(bot);
            if (instance != null) {
                result.add(instance);
            }
        }
        return result;
    }

    @Nullable public BotInstance find(Instrument instrument, UUID bot) {
        return this.instances.getOrDefault(instrument, Map.of()).get(bot);
    }

    /**
     * Restores instances from their stored snapshots, so that their positions and pending
     * orders are handled at once instead of from the next candle on.
     * @param connection the connection to read with
     * @param botIds the bots to restore
     * @param bots all active bots by id
     * @param isAssigned whether this replica owns the partition of an instrument
     * @return the ids of the bots of which an instance was restored
     */
    Set<UUID> restore(Connection connection, Set<UUID> botIds, Map<UUID, Bot> bots, Predicate<Instrument> isAssigned)
            throws SQLException {
        IndicatorWarmUp warmUp = new IndicatorWarmUp(connection);
        Set<UUID> restored = new HashSet<>();
        for (BotInstanceRepository.StoredBotInstance stored : this.repository.findByBots(connection, botIds)) {
            Instrument instrument = stored.instrument();
            boolean isTraded = this.botsByInstrument.getOrDefault(instrument.key(), Set.of()).contains(stored.bot());
            if (isTraded && stored.state().hasStarted() && isAssigned.test(instrument)
                    && find(instrument, stored.bot()) == null) {
                Bot bot = Objects.requireNonNull(bots.get(stored.bot()));
                long nextMinute = stored.state().lastMinute() + MINUTE_MILLIS;
                this.instances.computeIfAbsent(instrument, (key) -> new HashMap<>())
                    .put(bot.id(), create(connection, bot, instrument, stored.state(), nextMinute, warmUp));
                restored.add(bot.id());
            }
        }
        return restored;
    }

    /**
     * Creates the instances that are missing for the candles of a batch. A bot starts
     * with the first minute that ends after the bot was started. So a bot does not decide
     * on the history that a broker delivers when its account is connected.
     * @param connection the connection to read with
     * @param firstMinutes the first final M1 candle of each instrument
     * @param bots all active bots by id
     * @param feeds tells which feeds are replays, where every minute counts
     * @return the ids of the bots of which an instance was created
     */
    Set<UUID> createMissing(Connection connection, Map<Instrument, Candle> firstMinutes, Map<UUID, Bot> bots,
            EventTimeFeeds feeds) throws SQLException {
        IndicatorWarmUp warmUp = new IndicatorWarmUp(connection);
        Set<UUID> created = new HashSet<>();
        for (Map.Entry<Instrument, Candle> entry : firstMinutes.entrySet()) {
            Instrument instrument = entry.getKey();
            Map<UUID, BotInstance> existing = this.instances.computeIfAbsent(instrument, (key) -> new HashMap<>());
            // A late candle is part of the indicator state: warm up from the stored
            // candles again.
            existing.values().removeIf((instance) -> instance.lastMinute() >= entry.getValue().openTime());
            List<UUID> missing = this.botsByInstrument.getOrDefault(instrument.key(), Set.of())
                .stream()
                .filter((bot) -> !existing.containsKey(bot))
                .toList();
            if (!missing.isEmpty()) {
                Map<UUID, BotInstanceSnapshot> states = this.repository.findByInstrument(connection, instrument,
                        missing);
                long minuteEnd = feeds.isReplay(instrument.feed()) ? Long.MAX_VALUE
                        : entry.getValue().openTime() + MINUTE_MILLIS;
                for (UUID id : missing) {
                    Bot bot = Objects.requireNonNull(bots.get(id));
                    BotInstanceSnapshot state = states.get(id);
                    if ((state != null && state.hasStarted()) || minuteEnd > bot.startedAt()) {
                        existing.put(id, createOrRestore(connection, bot, entry.getValue(), state, warmUp));
                        created.add(id);
                    }
                }
            }
        }
        return created;
    }

    /**
     * Creates an instance from its snapshot, if it has one. All candles after its last
     * minute are still to come.
     */
    private static BotInstance createOrRestore(Connection connection, Bot bot, Candle minute,
            @Nullable BotInstanceSnapshot state, IndicatorWarmUp warmUp) throws SQLException {
        return (state == null || !state.hasStarted())
                ? create(connection, bot, minute.instrument(), (state != null) ? state : BotInstanceSnapshot.NEW,
                        minute.openTime(), warmUp)
                : create(connection, bot, minute.instrument(), state, state.lastMinute() + MINUTE_MILLIS, warmUp);
    }

    /** Creates an instance whose next minute is known. */
    private static BotInstance create(Connection connection, Bot bot, Instrument instrument, BotInstanceSnapshot state,
            long nextMinute, IndicatorWarmUp warmUp) throws SQLException {
        UUID orderId = state.order();
        Order order = (orderId != null) ? OrderRepository.findById(connection, orderId) : null;
        return switch (bot.plan()) {
            case TradingPlan.Spot plan -> {
                StrategyEvaluator evaluator = new StrategyEvaluator(plan.strategy(), plan.convention(),
                        warmUp.findGrid(instrument));
                warmUp.warm(evaluator, instrument, plan.strategy().timeframe(), nextMinute);
                yield new SpotBotInstance(bot, plan, instrument, evaluator, state, order);
            }
            case TradingPlan.Option plan -> {
                OptionTraderSnapshot snapshot = state.option();
                yield new OptionBotInstance(bot, plan, instrument,
                        (snapshot != null) ? state : BotInstanceSnapshot.of(warmUp.findMinutes(instrument,
                                nextMinute - plan.options().pattern().reach(plan.options().gales()), nextMinute)),
                        order);
            }
        };
    }

}
