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
 * The desks of the instruments that this replica hears of: taken up as they were left or
 * made when a first minute comes, and forgotten when anything is uncertain. For one
 * thread.
 */
final class BotInstanceRegistry {

    private static final long MINUTE_MILLIS = 60_000;

    private final BotInstanceRepository repository;

    private final Map<String, Set<UUID>> botsByInstrument = new HashMap<>();

    private final Map<Instrument, Map<UUID, BotInstance>> instances = new HashMap<>();

    BotInstanceRegistry(BotInstanceRepository repository) {
        this.repository = repository;
    }

    /** Sees who wants which instruments, and forgets desks of bots that have gone. */
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

    /** Whether anybody waits for an instrument. */
    boolean hasBotsOn(String instrumentKey) {
        return this.botsByInstrument.containsKey(instrumentKey);
    }

    void remove(Predicate<Instrument> predicate) {
        this.instances.keySet().removeIf(predicate);
    }

    /** Forgets a bot's desks, as it has changed. */
    void remove(UUID bot) {
        this.instances.values().forEach((instancesByBot) -> instancesByBot.remove(bot));
    }

    /** Desks that are there. */
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
     * Takes up the desks that were left, so that what they hold and await is looked after
     * at once, and not from the next minute on.
     * @param connection to read with
     * @param botIds whose
     * @param bots by their ids
     * @param isAssigned which instruments this replica hears of
     * @return the bots of which any was taken up
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
     * Makes the desks that are missing for minutes that come. A bot begins with the first
     * minute that ends after its start: a broker's past, which comes as its account is
     * connected, is nothing to decide on.
     * @param connection to read with
     * @param firstMinutes the first of each instrument
     * @param bots by their ids
     * @param feeds which of them are recordings
     * @return the bots of which any was made
     */
    Set<UUID> createMissing(Connection connection, Map<Instrument, Candle> firstMinutes, Map<UUID, Bot> bots,
            EventTimeFeeds feeds) throws SQLException {
        IndicatorWarmUp warmUp = new IndicatorWarmUp(connection);
        Set<UUID> created = new HashSet<>();
        for (Map.Entry<Instrument, Candle> entry : firstMinutes.entrySet()) {
            Instrument instrument = entry.getKey();
            Map<UUID, BotInstance> existing = this.instances.computeIfAbsent(instrument, (key) -> new HashMap<>());
            // What came late belongs to what strategies remember: they are warmed up
            // anew.
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

    /** Every minute behind the last one that was seen is still to come. */
    private static BotInstance createOrRestore(Connection connection, Bot bot, Candle minute,
            @Nullable BotInstanceSnapshot state, IndicatorWarmUp warmUp) throws SQLException {
        return (state == null || !state.hasStarted())
                ? create(connection, bot, minute.instrument(), (state != null) ? state : BotInstanceSnapshot.NEW,
                        minute.openTime(), warmUp)
                : create(connection, bot, minute.instrument(), state, state.lastMinute() + MINUTE_MILLIS, warmUp);
    }

    /** A desk whose next minute is known. */
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
