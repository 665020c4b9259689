package pregao.strategy.evidence;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import pregao.strategy.bot.BotCopies;
import pregao.strategy.bot.StoredBot;

/**
 * The table of who confirmed what, and when.
 */
@Component
class PromotionTable {

    private static final String ADD = """
            insert into strategy.promotion (bot, person, paper, evidence, account, money, confirm, report, at)
            values (:bot, :person, :paper, :evidence, :account, :money, :confirm, cast(:report as jsonb), :now)""";

    private static final String FIND = """
            select bot from strategy.promotion
            where evidence = :evidence and account = :account and money = :money and person = :person""";

    private final JdbcClient database;

    private final BotCopies copies;

    private final Clock clock;

    PromotionTable(JdbcClient database, BotCopies copies, Clock clock) {
        this.database = database;
        this.copies = copies;
        this.clock = clock;
    }

    /** The bot that was already made of a report for an account. */
    Optional<UUID> find(UUID person, PromotionWish wish) {
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
    public StoredBot add(UUID person, StoredBot paper, PromotionWish wish, String report, BotCopies.Copy copy) {
        StoredBot bot = this.copies.add(UUID.randomUUID(), person, copy);
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
