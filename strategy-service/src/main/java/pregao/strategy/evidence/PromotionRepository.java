package pregao.strategy.evidence;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import pregao.strategy.bot.BotCloner;
import pregao.strategy.bot.BotResponse;

/**
 * The table of who confirmed what, and when.
 */
@Component
class PromotionRepository {

    private static final String ADD = """
            insert into strategy.promotion (bot, person, paper, evidence, account, money, confirm, report, at)
            values (:bot, :person, :paper, :evidence, :account, :money, :confirm, cast(:report as jsonb), :now)""";

    private static final String FIND = """
            select bot from strategy.promotion
            where evidence = :evidence and account = :account and money = :money and person = :person""";

    private final JdbcClient database;

    private final BotCloner copies;

    private final Clock clock;

    PromotionRepository(JdbcClient database, BotCloner copies, Clock clock) {
        this.database = database;
        this.copies = copies;
        this.clock = clock;
    }

    /** The bot that was already made of a report for an account. */
    Optional<UUID> find(UUID person, PromotionRequest wish) {
        return this.database.sql(FIND)
            .param("evidence", wish.evidence())
            .param("account", wish.account())
            .param("money", wish.money().text())
            .param("person", person)
            .query(UUID.class)
            .optional();
    }

    /** Makes the bot and notes who confirmed it, both or neither. */
    @Transactional
    public BotResponse add(UUID person, BotResponse paper, PromotionRequest wish, String report, BotCloner.Copy copy) {
        BotResponse bot = this.copies.create(UUID.randomUUID(), person, copy);
        this.database.sql(ADD)
            .param("bot", bot.id())
            .param("person", person)
            .param("paper", paper.id())
            .param("evidence", wish.evidence())
            .param("account", wish.account())
            .param("money", wish.money().text())
            .param("confirm", wish.confirm())
            .param("report", report)
            .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
            .update();
        return bot;
    }

}
