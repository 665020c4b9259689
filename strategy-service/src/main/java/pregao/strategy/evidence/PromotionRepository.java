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
 * Reads and writes the table {@code strategy.promotion}, which records who confirmed
 * which promotion.
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

    /**
     * Returns the id of the bot that an earlier promotion of the same report and account
     * created.
     */
    Optional<UUID> findBotId(UUID userId, PromotionRequest request) {
        return this.database.sql(FIND)
            .param("evidence", request.evidence())
            .param("account", request.account())
            .param("money", request.money().text())
            .param("person", userId)
            .query(UUID.class)
            .optional();
    }

    /** Creates the bot and records the confirmation in one transaction. */
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
