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

    private static final long MINUTE = 60_000;

    private final BotInstanceRepository store;

    private final Map<String, Set<UUID>> wanted = new HashMap<>();

    private final Map<Instrument, Map<UUID, BotInstance>> desks = new HashMap<>();

    BotInstanceRegistry(BotInstanceRepository store) {
        this.store = store;
    }

    /** Sees who wants which instruments, and forgets desks of bots that have gone. */
    void of(Collection<Bot> bots) {
        this.wanted.clear();
        Set<UUID> ids = new HashSet<>();
        for (Bot bot : bots) {
            ids.add(bot.id());
            bot.instruments()
                .forEach((instrument) -> this.wanted.computeIfAbsent(instrument.key(), (key) -> new HashSet<>())
                    .add(bot.id()));
        }
        this.desks.values().forEach((each) -> each.keySet().retainAll(ids));
    }

    /** Whether anybody waits for an instrument. */
    boolean isWanted(String key) {
        return this.wanted.containsKey(key);
    }

    void forget(Predicate<Instrument> which) {
        this.desks.keySet().removeIf(which);
    }

    /** Forgets a bot's desks, as it has changed. */
    void forget(UUID bot) {
        this.desks.values().forEach((each) -> each.remove(bot));
    }

    /** Desks that are there. */
    Collection<BotInstance> at(Instrument instrument) {
        return this.desks.getOrDefault(instrument, Map.of()).values();
    }

    Collection<BotInstance> of(UUID bot) {
        List<BotInstance> found = new ArrayList<>();
        for (Map<UUID, BotInstance> each : this.desks.values()) {
            BotInstance desk = each.get(bot);
            if (desk != null) {
                found.add(desk);
            }
        }
        return found;
    }

    @Nullable public BotInstance at(Instrument instrument, UUID bot) {
        return this.desks.getOrDefault(instrument, Map.of()).get(bot);
    }

    /**
     * Takes up the desks that were left, so that what they hold and await is looked after
     * at once, and not from the next minute on.
     * @param connection to read with
     * @param asleep whose
     * @param bots by their ids
     * @param ours which instruments this replica hears of
     * @return the bots of which any was taken up
     */
    Set<UUID> wake(Connection connection, Set<UUID> asleep, Map<UUID, Bot> bots, Predicate<Instrument> ours)
            throws SQLException {
        IndicatorWarmUp warmUp = new IndicatorWarmUp(connection);
        Set<UUID> made = new HashSet<>();
        for (BotInstanceRepository.StoredBotInstance left : this.store.all(connection, asleep)) {
            Instrument instrument = left.instrument();
            boolean wanted = this.wanted.getOrDefault(instrument.key(), Set.of()).contains(left.bot());
            if (wanted && left.state().hasStarted() && ours.test(instrument) && at(instrument, left.bot()) == null) {
                Bot bot = Objects.requireNonNull(bots.get(left.bot()));
                long next = left.state().lastMinute() + MINUTE;
                this.desks.computeIfAbsent(instrument, (first) -> new HashMap<>())
                    .put(bot.id(), desk(connection, bot, instrument, left.state(), next, warmUp));
                made.add(bot.id());
            }
        }
        return made;
    }

    /**
     * Makes the desks that are missing for minutes that come. A bot begins with the first
     * minute that ends after its start: a broker's past, which comes as its account is
     * connected, is nothing to decide on.
     * @param connection to read with
     * @param minutes the first of each instrument
     * @param bots by their ids
     * @param feeds which of them are recordings
     * @return the bots of which any was made
     */
    Set<UUID> complete(Connection connection, Map<Instrument, Candle> minutes, Map<UUID, Bot> bots,
            EventTimeFeeds feeds) throws SQLException {
        IndicatorWarmUp warmUp = new IndicatorWarmUp(connection);
        Set<UUID> made = new HashSet<>();
        for (Map.Entry<Instrument, Candle> minute : minutes.entrySet()) {
            Instrument instrument = minute.getKey();
            Map<UUID, BotInstance> there = this.desks.computeIfAbsent(instrument, (first) -> new HashMap<>());
            // What came late belongs to what strategies remember: they are warmed up
            // anew.
            there.values().removeIf((desk) -> desk.lastMinute() >= minute.getValue().openTime());
            List<UUID> missing = this.wanted.getOrDefault(instrument.key(), Set.of())
                .stream()
                .filter((bot) -> !there.containsKey(bot))
                .toList();
            if (!missing.isEmpty()) {
                Map<UUID, BotInstanceSnapshot> states = this.store.find(connection, instrument, missing);
                long end = feeds.isReplay(instrument.feed()) ? Long.MAX_VALUE : minute.getValue().openTime() + MINUTE;
                for (UUID id : missing) {
                    Bot bot = Objects.requireNonNull(bots.get(id));
                    BotInstanceSnapshot state = states.get(id);
                    if ((state != null && state.hasStarted()) || end > bot.startedAt()) {
                        there.put(id, made(connection, bot, minute.getValue(), state, warmUp));
                        made.add(id);
                    }
                }
            }
        }
        return made;
    }

    /** Every minute behind the last one that was seen is still to come. */
    private static BotInstance made(Connection connection, Bot bot, Candle minute, @Nullable BotInstanceSnapshot state,
            IndicatorWarmUp warmUp) throws SQLException {
        return (state == null || !state.hasStarted())
                ? desk(connection, bot, minute.instrument(), (state != null) ? state : BotInstanceSnapshot.NEW,
                        minute.openTime(), warmUp)
                : desk(connection, bot, minute.instrument(), state, state.lastMinute() + MINUTE, warmUp);
    }

    /** A desk whose next minute is known. */
    private static BotInstance desk(Connection connection, Bot bot, Instrument instrument, BotInstanceSnapshot state,
            long next, IndicatorWarmUp warmUp) throws SQLException {
        UUID id = state.order();
        Order order = (id != null) ? OrderRepository.withId(connection, id) : null;
        return switch (bot.plan()) {
            case TradingPlan.Spot plan -> {
                StrategyEvaluator closes = new StrategyEvaluator(plan.strategy(), plan.convention(),
                        warmUp.grid(instrument));
                warmUp.warm(closes, instrument, plan.strategy().timeframe(), next);
                yield new SpotBotInstance(bot, plan, instrument, closes, state, order);
            }
            case TradingPlan.Option plan -> {
                OptionTraderSnapshot optionTraderSnapshot = state.option();
                yield new OptionBotInstance(
                        bot, plan, instrument, (optionTraderSnapshot != null) ? state : BotInstanceSnapshot.of(warmUp
                            .minutes(instrument, next - plan.options().pattern().reach(plan.options().gales()), next)),
                        order);
            }
        };
    }

}
