package pregao.strategy.bot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import pregao.strategy.account.AccountKey;
import pregao.strategy.database.AdvisoryLock;
import pregao.strategy.json.ExactJson;
import pregao.strategy.position.PositionRepository;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Stores the bots of users and changes their states.
 */
@Component
public class BotRepository {

    /** The maximum number of bots of a user. */
    static final int MAX_BOTS = 100;

    private static final String SELECT = """
            select b.id, b.name, b.kind, b.account, b.money, b.settings, b.state, b.reason, b.created_at, b.started_at,
              b.settled_at, coalesce(t.trades, 0), coalesce(t.wins, 0), coalesce(t.won, 0), coalesce(t.lost, 0), coalesce(t.fees, 0),
              coalesce(t.drawdown, 0), coalesce(t.ambiguous, 0)
            from strategy.bot b left join strategy.bot_total t on t.bot = b.id where b.person = :person\s""";

    private static final String INSERT = """
            insert into strategy.bot (id, person, name, kind, account, money, settings, state, version, created_at,
              changed_at, settled_at)
            values (:id, :person, :name, :kind, :account, :money, cast(:settings as jsonb), 'stopped',
              nextval('strategy.bot_version'), :now, :now, :now)""";

    private static final String UPDATE = """
            update strategy.bot set name = :name, kind = :kind, account = :account, money = :money,
              settings = cast(:settings as jsonb), version = nextval('strategy.bot_version'), changed_at = :now,
              settled_at = :now
            where id = :id and person = :person and state = 'stopped'""";

    private static final String START = """
            update strategy.bot set state = 'running', reason = '', closing = false, started_at = :now, changed_at = :now,
              version = nextval('strategy.bot_version')
            where id = :id and person = :person and state in ('stopped', 'halted')""";

    private static final String STOP = """
            update strategy.bot set state = 'stopping', closing = :closing, changed_at = :now,
              version = nextval('strategy.bot_version')
            where id = :id and person = :person and state <> 'stopped'""";

    private static final String FLATTEN = """
            update strategy.bot set state = 'stopping', closing = true, changed_at = :now,
              version = nextval('strategy.bot_version')
            where state <> 'stopped' and person = coalesce(cast(:person as uuid), person)
              and account = coalesce(cast(:account as uuid), account) and money = coalesce(cast(:money as text), money)""";

    private static final String IS_IDLE = "d.bot = :id and " + ActiveBotRepository.IS_IDLE.formatted("d.bot",
            "(select b.account from strategy.bot b where b.id = d.bot)");

    private static final String HAS_DUST = """
            exists (select from strategy.position p
              where p.bot = d.bot and p.feed = d.feed and p.symbol = d.symbol and p.kind = 'spot' and p.stop is null)""";

    private static final String RESET_INSTANCES = """
            update strategy.desk d set last_minute = :never,
              state = state || jsonb_build_object('lastMinute', cast(:never as bigint),
                'trader', jsonb_build_object('pending', 'HOLD', 'position', null, 'awaiting', false),
                'resting', null)""";

    // Dust, which is too small to be sold by itself, is added to the manual position of
    // the user, who can sell it together with more.
    private static final String HAND_OVER_DUST = """
            with left_over as (
              delete from strategy.position where bot = :id and kind = 'spot' and stop is null returning *)
            insert into strategy.position as p (account, money, bot, feed, symbol, person, kind, side, opened_at,
              amount, entry, fee)
            select account, money, :nobody, feed, symbol, person, kind, side, opened_at, amount, entry, fee
            from left_over
            on conflict (account, money, bot, feed, symbol) do update set
              amount = p.amount + excluded.amount, fee = p.fee + excluded.fee,
              entry = (p.entry * p.amount + excluded.entry * excluded.amount) / (p.amount + excluded.amount)""";

    private final JdbcClient database;

    private final BotNames names;

    private final Clock clock;

    BotRepository(JdbcClient database, BotNames names, Clock clock) {
        this.database = database;
        this.names = names;
        this.clock = clock;
    }

    List<BotResponse> listBots(UUID userId) {
        return this.database.sql(SELECT + "order by b.created_at desc, b.id")
            .param("person", userId)
            .query((row, rowNumber) -> mapRow(row))
            .list();
    }

    /**
     * Finds a bot of a user.
     * @param id the bot id
     * @param userId the user who owns the bot
     * @return the bot, or empty if the user has no such bot
     */
    public Optional<BotResponse> find(UUID id, UUID userId) {
        return this.database.sql(SELECT + "and b.id = :id")
            .param("person", userId)
            .param("id", id)
            .query((row, rowNumber) -> mapRow(row))
            .optional();
    }

    /**
     * Adds a bot. If the bot exists with the same settings, the call has no effect.
     */
    @Transactional
    void add(UUID id, UUID userId, BotDefinition definition, AccountResolver.ResolvedAccount resolvedAccount) {
        AdvisoryLock.BOTS.lock(this.database, userId);
        String settings = ExactJson.write(resolvedAccount.addLotSizes(definition.stored()));
        if (find(id, userId).isEmpty()) {
            requireCanBeAdded(id, userId);
            writeBot(INSERT, id, userId, definition, resolvedAccount, settings);
        }
        else if (!hasSettings(id, settings)) {
            throw ProblemDefinition.idempotencyKeyReused().asException();
        }
    }

    /**
     * Adds a bot, or updates a stopped one.
     * @return whether the bot is new
     */
    @Transactional
    boolean save(UUID id, UUID userId, BotDefinition definition, AccountResolver.ResolvedAccount resolvedAccount) {
        AdvisoryLock.BOTS.lock(this.database, userId);
        boolean isNew = find(id, userId).isEmpty();
        if (isNew) {
            requireCanBeAdded(id, userId);
        }
        writeBot(isNew ? INSERT : UPDATE, id, userId, definition, resolvedAccount,
                ExactJson.write(resolvedAccount.addLotSizes(definition.stored())));
        if (!isNew) {
            releaseAccount(id);
        }
        return isNew;
    }

    private void writeBot(String sql, UUID id, UUID userId, BotDefinition definition,
            AccountResolver.ResolvedAccount resolvedAccount, String settings) {
        int rows = this.database.sql(sql)
            .param("id", id)
            .param("person", userId)
            .param("name", this.names.resolveName(id, userId, definition))
            .param("kind", definition.kind())
            .param("account", resolvedAccount.account().id())
            .param("money", resolvedAccount.account().money().text())
            .param("settings", settings)
            .param("now", now())
            .update();
        if (rows == 0) {
            throw ProblemDefinition.conflict("bot-at-work", "Only a bot that is stopped can be changed").asException();
        }
    }

    private void requireCanBeAdded(UUID id, UUID userId) {
        if (exists(id)) {
            // It belongs to another user.
            throw ProblemDefinition.notFound().asException();
        }
        if (this.database.sql("select count(*) from strategy.bot where person = :person")
            .param("person", userId)
            .query(Long.class)
            .single() >= MAX_BOTS) {
            throw ProblemDefinition.conflict("too-many-bots", "A person has %d bots at most".formatted(MAX_BOTS))
                .asException();
        }
    }

    /** Compares settings by value, without the lot sizes of the broker. */
    private boolean hasSettings(UUID id, String settings) {
        return this.database
            .sql("select settings - 'lots' = cast(:settings as jsonb) - 'lots' from strategy.bot where id = :id")
            .param("settings", settings)
            .param("id", id)
            .query(Boolean.class)
            .single();
    }

    private boolean exists(UUID id) {
        return this.database.sql("select count(*) from strategy.bot where id = :id")
            .param("id", id)
            .query(Long.class)
            .single() > 0;
    }

    @Transactional
    void start(UUID id, UUID userId) {
        int updatedRows = this.database.sql(START).param("now", now()).param("id", id).param("person", userId).update();
        if (updatedRows == 1) {
            // The bot starts from now on. Of the previous run it keeps only the dust,
            // which it could not sell.
            this.database.sql("delete from strategy.desk d where " + IS_IDLE + " and not " + HAS_DUST)
                .param("id", id)
                .update();
            this.database.sql(RESET_INSTANCES + " where " + IS_IDLE + " and " + HAS_DUST)
                .param("id", id)
                .param("never", Long.MIN_VALUE)
                .update();
        }
        else if (find(id, userId).filter((bot) -> bot.state().equals("stopping")).isPresent()) {
            throw ProblemDefinition
                .conflict("bot-stopping",
                        "The bot stops and still holds something: wait until it is stopped, or stop it with close=true")
                .asException();
        }
    }

    /** Removes a stopped bot from its account. Dust becomes a manual position. */
    private void releaseAccount(UUID id) {
        this.database.sql("""
                select from strategy.account a where exists (select from strategy.position p
                  where p.bot = :id and p.account = a.id and p.money = a.money) for update""")
            .param("id", id)
            .query((row, rowNumber) -> id)
            .list();
        this.database.sql("delete from strategy.desk d where d.bot = :id and " + HAS_DUST).param("id", id).update();
        this.database.sql(HAND_OVER_DUST).param("id", id).param("nobody", PositionRepository.NO_BOT).update();
    }

    /**
     * Stops a bot, which opens no more positions.
     * @param id the bot id
     * @param userId the user who owns the bot
     * @param closing whether the bot closes its open positions
     */
    public void stop(UUID id, UUID userId, boolean closing) {
        this.database.sql(STOP)
            .param("closing", closing)
            .param("now", now())
            .param("id", id)
            .param("person", userId)
            .update();
    }

    /**
     * Stops bots and closes their open positions.
     * @param userId the user whose bots are stopped; null for all users
     * @param account the account whose bots are stopped; null for all accounts
     * @return the number of bots that were not stopped yet
     */
    public int flatten(@Nullable UUID userId, @Nullable AccountKey account) {
        return this.database.sql(FLATTEN)
            .param("now", now())
            .param("person", userId, Types.OTHER)
            .param("account", (account != null) ? account.id() : null, Types.OTHER)
            .param("money", (account != null) ? account.money().text() : null, Types.VARCHAR)
            .update();
    }

    @Transactional
    boolean delete(UUID id, UUID userId) {
        boolean deleted = this.database
            .sql("delete from strategy.bot where id = :id and person = :person and state = 'stopped'")
            .param("id", id)
            .param("person", userId)
            .update() == 1;
        if (deleted) {
            releaseAccount(id);
        }
        return deleted;
    }

    private OffsetDateTime now() {
        return this.clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static BotResponse mapRow(ResultSet row) throws SQLException {
        Timestamp startedAt = row.getTimestamp(10);
        return new BotResponse(row.getObject(1, UUID.class), row.getString(2), row.getString(3),
                row.getObject(4, UUID.class), row.getString(5), row.getString(6), row.getString(7), row.getString(8),
                row.getTimestamp(9).toInstant(), (startedAt != null) ? startedAt.toInstant() : null,
                row.getTimestamp(11).toInstant(), Performance.of(row.getInt(12), row.getInt(13), row.getBigDecimal(14),
                        row.getBigDecimal(15), row.getBigDecimal(16), row.getBigDecimal(17), row.getInt(18)));
    }

}
