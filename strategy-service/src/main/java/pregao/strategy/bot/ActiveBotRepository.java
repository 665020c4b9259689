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
 * The bots that are at work, as the loop knows them. For one thread.
 */
public final class ActiveBotRepository {

    private static final String SELECT_VERSIONS = "select id, version from strategy.bot where state <> 'stopped'";

    private static final String SELECT_BOTS = """
            select id, person, name, account, money, settings, state, reason, closing, version,
              coalesce((extract(epoch from started_at) * 1000)::bigint, 0) from strategy.bot
            where id = any(?)""";

    private static final String SELECT_STATES = "select id, state from strategy.bot where id = any(?)";

    // What halted it first is what a person must look at.
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
     * That a bot, whose id stands in the place of %1$s, has nothing to look after at its
     * account, which stands in the place of %2$s: whatever was held is over. What has no
     * stop is too little to be sold, and what it held at an account before is not its own
     * any more.
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
     * Sees which bots have come, gone or changed.
     * @param connection to read with
     * @return those that have changed or come
     * @throws SQLException where the database refuses
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
     * The bots.
     * @return by their ids
     */
    public Map<UUID, Bot> bots() {
        return this.bots;
    }

    /**
     * How bots stand now, whatever the roster thinks.
     * @param connection in a transaction
     * @param ids which
     * @return by their ids
     * @throws SQLException where the database refuses
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
     * Halts a bot until a person has looked.
     * @param connection in a transaction
     * @param botId which
     * @param reason in words
     * @throws SQLException where the database refuses
     */
    public static void halt(Connection connection, UUID botId, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HALT)) {
            statement.setString(1, reason);
            statement.setObject(2, botId);
            statement.executeUpdate();
        }
    }

    /**
     * Lets a bot go on that was halted because of an order.
     * @param connection in a transaction
     * @param botId which
     * @param orderId whose outcome is certain now
     * @throws SQLException where the database refuses
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

    /** One bot that cannot be read must not keep the others from their work. */
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
