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
 * The table of accounts, as their owners see it: one of paper for each person, and those
 * at brokers with which they have traded.
 */
@Component
public class AccountService {

    /** What a paper account begins with. */
    private static final BigDecimal BALANCE = new BigDecimal("10000");

    private static final String ADD = """
            insert into strategy.account (id, money, person, broker, currency, balance, max_stake, max_exposure,
              daily_loss, max_drawdown, max_gales, created_at)
            values (:id, :money, :person, :broker, :currency, :balance, :stake, :exposure, :loss, :drawdown, :gales, :now)
            on conflict do nothing""";

    private static final String LIMITS = """
            update strategy.account set max_stake = :stake, max_exposure = :exposure, daily_loss = :loss,
              max_drawdown = :drawdown, max_gales = :gales
            where id = :id and money = :money and person = :person""";

    private static final String LOCK = "select " + AccountRepository.COLUMNS
            + " from strategy.account where id = :id and money = :money and person = :person for update";

    private static final String RESET = """
            insert into strategy.drawdown_reset (account, money, person, reason, peak, profit, at)
            values (:id, :money, :person, :reason, :peak, :profit, :now)""";

    private static final String NAME_CURRENCY = """
            update strategy.account set currency = :currency where id = :id and money = :money and currency = ''""";

    private static final String CHOOSE = """
            update strategy.account set currency = :currency
            where id = :id and money = :money and person = :person and (currency = :currency
              or not exists (select from strategy.bot where account = :id and money = :money)
                and not exists (select from strategy.order_ where account = :id and money = :money))""";

    private static final String EXCHANGE = "binance";

    private static final String USUAL_QUOTE = "USDT";

    private final JdbcClient database;

    private final SessionClient session;

    private final Clock clock;

    AccountService(JdbcClient database, SessionClient session, Clock clock) {
        this.database = database;
        this.session = session;
        this.clock = clock;
    }

    /**
     * A person's account of paper, made when it is first traded with or changed.
     * @param person whose
     * @return which
     */
    public AccountKey paper(UUID person) {
        Account unused = unusedPaper(person);
        add(unused.key(), person, unused.broker(), unused.currency(), BALANCE);
        return unused.key();
    }

    private static Account unusedPaper(UUID person) {
        AccountKey key = new AccountKey(UUID.nameUUIDFromBytes(("paper " + person).getBytes(StandardCharsets.UTF_8)),
                TradingMode.PAPER);
        return new Account(key, person, Account.PAPER, "USD", RiskLimits.USUAL, AccountRiskState.empty(BALANCE));
    }

    /** Before something of it changes. */
    private void keep(AccountKey key, UUID person) {
        if (key.equals(unusedPaper(person).key())) {
            paper(person);
        }
    }

    /**
     * An account at a broker, noted when it is first traded with. Its currency is that of
     * the broker's balance; an exchange has many, of which its owner chooses one.
     * @param key which
     * @param person whose
     * @param broker where
     * @throws pregao.webapi.problem.ProblemException 409 or 503 where the broker does not
     * say the currency
     */
    public void broker(AccountKey key, UUID person, String broker) {
        if (find(key, person).filter((account) -> !account.currency().isEmpty()).isEmpty()) {
            String currency = broker.equals(EXCHANGE) ? USUAL_QUOTE
                    : this.session.currency(key.id(), key.money().text());
            add(key, person, broker, currency, null);
            this.database.sql(NAME_CURRENCY)
                .param("currency", currency)
                .param("id", key.id())
                .param("money", key.money().text())
                .update();
        }
    }

    /**
     * Chooses in which asset an account at an exchange is counted.
     * @param key which
     * @param person whose
     * @param currency from now on
     * @throws pregao.webapi.problem.ProblemException 404 where it is none of theirs, 409
     * where it was traded with, 422 where the broker alone says the currency
     */
    @Transactional
    public void choose(AccountKey key, UUID person, String currency) {
        String broker = this.session.account(key.id(), person).broker();
        FieldValidator fields = new FieldValidator();
        fields.require(broker.equals(EXCHANGE), "currency", "the one of the balance at " + broker);
        fields.check();
        broker(key, person, broker);
        int changed = this.database.sql(CHOOSE)
            .param("currency", currency)
            .param("id", key.id())
            .param("money", key.money().text())
            .param("person", person)
            .update();
        if (changed == 0) {
            throw ProblemDefinition
                .conflict("account-in-use", "A bot or an order uses this account in its present currency")
                .asException();
        }
    }

    private void add(AccountKey key, UUID person, String broker, String currency,
            @org.jspecify.annotations.Nullable BigDecimal balance) {
        RiskLimits limits = RiskLimits.USUAL;
        this.database.sql(ADD)
            .param("id", key.id())
            .param("money", key.money().text())
            .param("person", person)
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
     * A person's accounts. That of paper is always among them, and made by nobody who
     * only looks.
     * @param person whose
     * @return the oldest first
     */
    public List<Account> of(UUID person) {
        List<Account> kept = this.database
            .sql("select " + AccountRepository.COLUMNS
                    + " from strategy.account where person = :person order by created_at, id")
            .param("person", person)
            .query((row, number) -> AccountRepository.row(row))
            .list();
        if (kept.stream().anyMatch((account) -> account.broker().equals(Account.PAPER))) {
            return kept;
        }
        return Stream.concat(kept.stream(), Stream.of(unusedPaper(person))).toList();
    }

    /**
     * One of a person's accounts.
     * @param key which
     * @param person whose
     * @return empty where it is none of theirs
     */
    public Optional<Account> find(AccountKey key, UUID person) {
        return of(person).stream().filter((account) -> account.key().equals(key)).findFirst();
    }

    /**
     * Sets limits.
     * @param key of which account
     * @param person whose
     * @param limits from now on
     * @return whether it is theirs
     */
    @Transactional
    public boolean limit(AccountKey key, UUID person, RiskLimits limits) {
        keep(key, person);
        return this.database.sql(LIMITS)
            .param("stake", limits.stake())
            .param("exposure", limits.exposure())
            .param("loss", limits.dailyLoss())
            .param("drawdown", limits.drawdown())
            .param("gales", limits.gales())
            .param("id", key.id())
            .param("money", key.money().text())
            .param("person", person)
            .update() == 1;
    }

    /**
     * Lets the drawdown of an account begin anew, and notes who wanted that and why.
     * @param key of which account
     * @param person whose
     * @param reason in words
     * @return whether it is theirs
     */
    @Transactional
    public boolean resetDrawdown(AccountKey key, UUID person, String reason) {
        keep(key, person);
        Optional<Account> locked = this.database.sql(LOCK)
            .param("id", key.id())
            .param("money", key.money().text())
            .param("person", person)
            .query((row, number) -> AccountRepository.row(row))
            .optional();
        locked.ifPresent((account) -> {
            this.database.sql("update strategy.account set peak = :peak where id = :id and money = :money")
                .param("peak", account.book().withDrawdownReset().peak())
                .param("id", key.id())
                .param("money", key.money().text())
                .update();
            this.database.sql(RESET)
                .param("id", key.id())
                .param("money", key.money().text())
                .param("person", person)
                .param("reason", reason)
                .param("peak", account.book().peak())
                .param("profit", account.book().profit())
                .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        });
        return locked.isPresent();
    }

}
