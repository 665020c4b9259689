package pregao.strategy.account;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.strategy.session.SessionClient;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Manages the accounts of users: one paper account for each user, and the broker accounts
 * that the user has traded with.
 */
@Component
public class AccountService {

    /** The initial balance of a paper account. */
    private static final BigDecimal INITIAL_PAPER_BALANCE = new BigDecimal("10000");

    private static final String INSERT = """
            insert into strategy.account (id, money, person, broker, currency, balance, max_stake, max_exposure,
              daily_loss, max_drawdown, max_gales, created_at)
            values (:id, :money, :person, :broker, :currency, :balance, :stake, :exposure, :loss, :drawdown, :gales, :now)
            on conflict do nothing""";

    private static final String UPDATE_LIMITS = """
            update strategy.account set max_stake = :stake, max_exposure = :exposure, daily_loss = :loss,
              max_drawdown = :drawdown, max_gales = :gales
            where id = :id and money = :money and person = :person""";

    private static final String LOCK = "select " + AccountRepository.COLUMNS
            + " from strategy.account where id = :id and money = :money and person = :person for update";

    private static final String INSERT_DRAWDOWN_RESET = """
            insert into strategy.drawdown_reset (account, money, person, reason, peak, profit, at)
            values (:id, :money, :person, :reason, :peak, :profit, :now)""";

    private static final String SET_MISSING_CURRENCY = """
            update strategy.account set currency = :currency where id = :id and money = :money and currency = ''""";

    private static final String UPDATE_CURRENCY = """
            update strategy.account set currency = :currency
            where id = :id and money = :money and person = :person and (currency = :currency
              or not exists (select from strategy.bot where account = :id and money = :money)
                and not exists (select from strategy.order_ where account = :id and money = :money))""";

    private static final String EXCHANGE = "binance";

    private static final String DEFAULT_CURRENCY = "USDT";

    private final JdbcClient database;

    private final SessionClient sessionClient;

    private final Clock clock;

    AccountService(JdbcClient database, SessionClient sessionClient, Clock clock) {
        this.database = database;
        this.sessionClient = sessionClient;
        this.clock = clock;
    }

    /**
     * Returns the paper account of a user and stores it if it does not exist yet. A paper
     * account is stored when it is first traded with or changed.
     * @param userId the user who owns the account
     * @return the key of the account
     */
    public AccountKey ensurePaperAccount(UUID userId) {
        Account account = defaultPaperAccount(userId);
        insert(account.key(), userId, account.broker(), account.currency(), INITIAL_PAPER_BALANCE);
        return account.key();
    }

    private static Account defaultPaperAccount(UUID userId) {
        AccountKey key = new AccountKey(UUID.nameUUIDFromBytes(("paper " + userId).getBytes(StandardCharsets.UTF_8)),
                TradingMode.PAPER);
        return new Account(key, userId, Account.PAPER, "USD", RiskLimits.USUAL,
                AccountRiskState.empty(INITIAL_PAPER_BALANCE));
    }

    /** Stores the default paper account before its first change. */
    private void ensureStored(AccountKey key, UUID userId) {
        if (key.equals(defaultPaperAccount(userId).key())) {
            ensurePaperAccount(userId);
        }
    }

    /**
     * Stores a broker account when it is first traded with. The currency is that of the
     * balance at the broker. A Binance account has many currencies, so it starts with the
     * default, and its owner can choose another one.
     * @param key the key of the account
     * @param userId the user who owns the account
     * @param broker the name of the broker
     * @throws pregao.webapi.problem.ProblemException 409 or 503 if the broker does not
     * report the currency
     */
    public void registerBrokerAccount(AccountKey key, UUID userId, String broker) {
        if (find(key, userId).filter((account) -> !account.currency().isEmpty()).isEmpty()) {
            String currency = broker.equals(EXCHANGE) ? DEFAULT_CURRENCY
                    : this.sessionClient.getCurrency(key.id(), key.money().text());
            insert(key, userId, broker, currency, null);
            this.database.sql(SET_MISSING_CURRENCY)
                .param("currency", currency)
                .param("id", key.id())
                .param("money", key.money().text())
                .update();
        }
    }

    /**
     * Sets the accounting currency of an exchange account.
     * @param key the key of the account
     * @param userId the user who owns the account
     * @param currency the new currency
     * @throws pregao.webapi.problem.ProblemException 404 if the user has no such account,
     * 409 if a bot or an order uses the account, 422 if the broker determines the
     * currency
     */
    @Transactional
    public void updateCurrency(AccountKey key, UUID userId, String currency) {
        String broker = this.sessionClient.getAccount(key.id(), userId).broker();
        FieldValidator fields = new FieldValidator();
        fields.require(broker.equals(EXCHANGE), "currency", "the one of the balance at " + broker);
        fields.check();
        registerBrokerAccount(key, userId, broker);
        int updatedRows = this.database.sql(UPDATE_CURRENCY)
            .param("currency", currency)
            .param("id", key.id())
            .param("money", key.money().text())
            .param("person", userId)
            .update();
        if (updatedRows == 0) {
            throw ProblemDefinition
                .conflict("account-in-use", "A bot or an order uses this account in its present currency")
                .asException();
        }
    }

    private void insert(AccountKey key, UUID userId, String broker, String currency,
            @org.jspecify.annotations.Nullable BigDecimal balance) {
        RiskLimits limits = RiskLimits.USUAL;
        this.database.sql(INSERT)
            .param("id", key.id())
            .param("money", key.money().text())
            .param("person", userId)
            .param("broker", broker)
            .param("currency", currency)
            .param("balance", balance)
            .param("stake", limits.stake())
            .param("exposure", limits.exposure())
            .param("loss", limits.dailyLoss())
            .param("drawdown", limits.drawdown())
            .param("gales", limits.gales())
            .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    }

    /**
     * Lists the accounts of a user. The paper account is always included, but listing
     * does not store it.
     * @param userId the user who owns the accounts
     * @return the accounts, oldest first
     */
    public List<Account> listAccounts(UUID userId) {
        List<Account> accounts = this.database
            .sql("select " + AccountRepository.COLUMNS
                    + " from strategy.account where person = :person order by created_at, id")
            .param("person", userId)
            .query((row, rowNumber) -> AccountRepository.mapRow(row))
            .list();
        if (accounts.stream().anyMatch((account) -> account.broker().equals(Account.PAPER))) {
            return accounts;
        }
        return Stream.concat(accounts.stream(), Stream.of(defaultPaperAccount(userId))).toList();
    }

    /**
     * Finds an account of a user.
     * @param key the key of the account
     * @param userId the user who owns the account
     * @return the account, or empty if the user has no such account
     */
    public Optional<Account> find(AccountKey key, UUID userId) {
        return listAccounts(userId).stream().filter((account) -> account.key().equals(key)).findFirst();
    }

    /**
     * Updates the risk limits of an account.
     * @param key the key of the account
     * @param userId the user who owns the account
     * @param limits the new limits
     * @return whether the user has such an account
     */
    @Transactional
    public boolean updateLimits(AccountKey key, UUID userId, RiskLimits limits) {
        ensureStored(key, userId);
        return this.database.sql(UPDATE_LIMITS)
            .param("stake", limits.stake())
            .param("exposure", limits.exposure())
            .param("loss", limits.dailyLoss())
            .param("drawdown", limits.drawdown())
            .param("gales", limits.gales())
            .param("id", key.id())
            .param("money", key.money().text())
            .param("person", userId)
            .update() == 1;
    }

    /**
     * Resets the drawdown of an account and stores the user, the reason, and the previous
     * peak.
     * @param key the key of the account
     * @param userId the user who owns the account
     * @param reason the reason of the user, as free text
     * @return whether the user has such an account
     */
    @Transactional
    public boolean resetDrawdown(AccountKey key, UUID userId, String reason) {
        ensureStored(key, userId);
        Optional<Account> locked = this.database.sql(LOCK)
            .param("id", key.id())
            .param("money", key.money().text())
            .param("person", userId)
            .query((row, rowNumber) -> AccountRepository.mapRow(row))
            .optional();
        locked.ifPresent((account) -> {
            this.database.sql("update strategy.account set peak = :peak where id = :id and money = :money")
                .param("peak", account.book().withDrawdownReset().peak())
                .param("id", key.id())
                .param("money", key.money().text())
                .update();
            this.database.sql(INSERT_DRAWDOWN_RESET)
                .param("id", key.id())
                .param("money", key.money().text())
                .param("person", userId)
                .param("reason", reason)
                .param("peak", account.book().peak())
                .param("profit", account.book().profit())
                .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        });
        return locked.isPresent();
    }

}
