package pregao.strategy.bot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;

/**
 * The bots that are not stopped, cached by version for the trading loop. Not thread-safe.
 */
public final class ActiveBotRepository {

    private static final String SELECT_VERSIONS = "select id, version from strategy.bot where state <> 'stopped'";

    private static final String SELECT_BOTS = """
            select id, person, name, account, money, settings, state, reason, closing, version,
              coalesce((extract(epoch from started_at) * 1000)::bigint, 0) from strategy.bot
            where id = any(?)""";

    private static final String SELECT_STATES = "select id, state from strategy.bot where id = any(?)";

    // Only from running and stopping, so that the reason of the first halt stays.
    private static final String HALT = """
            update strategy.bot set state = 'halted', halted_from = state, reason = ?, version = nextval('strategy.bot_version'),
              changed_at = now() where id = ? and state in ('running', 'stopping')""";

    private static final String RESUME = """
            update strategy.bot set state = coalesce(halted_from, 'running'), halted_from = null, reason = '',
              version = nextval('strategy.bot_version'), changed_at = now()
            where id = ? and state = 'halted' and strpos(reason, ?) > 0""";

    private static final String STOP_UNREADABLE = """
            update strategy.bot set state = 'stopped', version = nextval('strategy.bot_version'), changed_at = now(),
              reason = 'This version cannot read its settings; make it anew' where id = ?""";

    /**
     * The SQL condition that a bot (%1$s) is idle at its account (%2$s): it has no
     * position and no order that is not finished. Spot positions without a stop do not
     * count, because they are too small to be sold, and neither do those at an account
     * that the bot traded with before.
     */
    static final String IS_IDLE = """
            not exists (select from strategy.position p where p.bot = %1$s and p.account = %2$s
                and (p.kind = 'option' or p.stop is not null))
              and not exists (select from strategy.order_ o where o.bot = %1$s and o.account = %2$s
                and (o.state in ('new', 'sent', 'placed') or not o.told))""";

    private static final String STOP_IDLE = """
            update strategy.bot b set state = 'stopped', version = nextval('strategy.bot_version'), changed_at = now()
            where state = 'stopping' and\s""" + IS_IDLE.formatted("b.id", "b.account");

    private Map<UUID, Bot> bots = new HashMap<>();

    /**
     * Stops idle bots that are stopping, and reloads the bots whose versions have
     * changed.
     * @param connection the connection to read with
     * @return the bots that are new or have changed
     * @throws SQLException if a database access error occurs
     */
    public List<Bot> refresh(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STOP_IDLE)) {
            statement.executeUpdate();
        }
        Map<UUID, Bot> current = new HashMap<>();
        List<UUID> changedIds = new ArrayList<>();
        try (PreparedStatement versions = connection.prepareStatement(SELECT_VERSIONS);
                ResultSet row = versions.executeQuery()) {
            while (row.next()) {
                UUID id = row.getObject(1, UUID.class);
                Bot bot = this.bots.get(id);
                if (bot != null && bot.version() == row.getLong(2)) {
                    current.put(id, bot);
                }
                else {
                    changedIds.add(id);
                }
            }
        }
        List<Bot> changed = changedIds.isEmpty() ? List.of() : readBots(connection, changedIds);
        changed.forEach((bot) -> current.put(bot.id(), bot));
        this.bots = current;
        return changed;
    }

    /**
     * Returns the bots that are not stopped.
     * @return the bots by id, as of the last refresh
     */
    public Map<UUID, Bot> bots() {
        return this.bots;
    }

    /**
     * Reads the current states of bots from the database, bypassing the cache.
     * @param connection the connection of the transaction
     * @param ids the ids of the bots
     * @return the states by bot id
     * @throws SQLException if a database access error occurs
     */
    public static Map<UUID, Bot.State> findStates(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, Bot.State> states = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_STATES)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray(UUID[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    states.put(row.getObject(1, UUID.class), parseState(row.getString(2)));
                }
            }
        }
        return states;
    }

    /**
     * Halts a bot until a user resolves the cause.
     * @param connection the connection of the transaction
     * @param botId the bot to halt
     * @param reason the reason, as free text
     * @throws SQLException if a database access error occurs
     */
    public static void halt(Connection connection, UUID botId, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HALT)) {
            statement.setString(1, reason);
            statement.setObject(2, botId);
            statement.executeUpdate();
        }
    }

    /**
     * Resumes a bot that was halted because of an order.
     * @param connection the connection of the transaction
     * @param botId the bot to resume
     * @param orderId the order whose outcome is now known, which the reason of the halt
     * names
     * @throws SQLException if a database access error occurs
     */
    public static void resume(Connection connection, UUID botId, UUID orderId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESUME)) {
            statement.setObject(1, botId);
            statement.setString(2, orderId.toString());
            statement.executeUpdate();
        }
    }

    private List<Bot> readBots(Connection connection, List<UUID> ids) throws SQLException {
        List<Bot> result = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_BOTS)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray(UUID[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    BotDefinition definition = readDefinition(connection, row);
                    if (definition == null) {
                        continue;
                    }
                    result.add(new Bot(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3),
                            new AccountKey(row.getObject(4, UUID.class),
                                    TradingMode.of(row.getString(5)).orElseThrow()),
                            definition.plan(), definition.instruments(), parseState(row.getString(7)), row.getString(8),
                            row.getBoolean(9), row.getLong(10), row.getLong(11)));
                }
            }
        }
        return result;
    }

    /**
     * Parses a stored definition. Stops the bot if this version cannot parse it, so that
     * the other bots keep running.
     */
    private static @Nullable BotDefinition readDefinition(Connection connection, ResultSet row) throws SQLException {
        try {
            return BotDefinitionReader.read(row.getString(6));
        }
        catch (IllegalArgumentException | JacksonException ex) {
            try (PreparedStatement statement = connection.prepareStatement(STOP_UNREADABLE)) {
                statement.setObject(1, row.getObject(1, UUID.class));
                statement.executeUpdate();
            }
            return null;
        }
    }

    private static Bot.State parseState(String text) {
        return Bot.State.valueOf(text.toUpperCase(Locale.ROOT));
    }

}
