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

    private static final String INSERT = """
            insert into strategy.promotion (bot, person, paper, evidence, account, money, confirm, report, at)
            values (:bot, :person, :paper, :evidence, :account, :money, :confirm, cast(:report as jsonb), :now)""";

    private static final String FIND = """
            select bot from strategy.promotion
            where evidence = :evidence and account = :account and money = :money and person = :person""";

    private final JdbcClient database;

    private final BotCloner botCloner;

    private final Clock clock;

    PromotionRepository(JdbcClient database, BotCloner botCloner, Clock clock) {
        this.database = database;
        this.botCloner = botCloner;
        this.clock = clock;
    }

    /** The bot that was already made of a report for an account. */
    Optional<UUID> findBotId(UUID userId, PromotionRequest request) {
        return this.database.sql(FIND)
            .param("evidence", request.evidence())
            .param("account", request.account())
            .param("money", request.money().text())
            .param("person", userId)
            .query(UUID.class)
            .optional();
    }

    /** Makes the bot and notes who confirmed it, both or neither. */
    @Transactional
    public BotResponse create(UUID userId, BotResponse paperBot, PromotionRequest request, String report,
            BotCloner.Copy copy) {
        BotResponse bot = this.botCloner.create(UUID.randomUUID(), userId, copy);
        this.database.sql(INSERT)
            .param("bot", bot.id())
            .param("person", userId)
            .param("paper", paperBot.id())
            .param("evidence", request.evidence())
            .param("account", request.account())
            .param("money", request.money().text())
            .param("confirm", request.confirm())
            .param("report", report)
            .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
            .update();
        return bot;
    }

}
