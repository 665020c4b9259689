package pregao.strategy.bot;

import java.util.Objects;
import java.util.UUID;

import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

import pregao.strategy.account.TradingMode;
import pregao.strategy.json.ExactJson;
import pregao.strategy.json.JsonBody;

/**
 * Creates copies of bots that follow the same plan with another account.
 */
@Component
public class BotCloner {

    /** Leaves room for a number that makes the name unique. */
    private static final int MAX_NAME_LENGTH = 76;

    private final BotRepository bots;

    private final BotNames names;

    private final AccountResolver accountResolver;

    BotCloner(BotRepository bots, BotNames names, AccountResolver accountResolver) {
        this.bots = bots;
        this.names = names;
        this.accountResolver = accountResolver;
    }

    /**
     * Validates a copy. Blocks, because it calls the session service.
     * @param userId the user who owns the bot
     * @param bot the bot to copy
     * @param accountId the broker account of the copy
     * @param mode the trading mode of the copy
     * @return the copy to create
     * @throws pregao.webapi.problem.ProblemException 404 if the account belongs to
     * another user, 422 if the account cannot trade the plan
     */
    public Copy prepare(UUID userId, BotResponse bot, UUID accountId, TradingMode mode) {
        ObjectNode settings = (ObjectNode) ExactJson.parseStored(bot.settings());
        settings.remove("lots"); // they depend on the account
        settings
            .put("name", this.names.findFreeName(appendSuffix(bot.name(), " (" + mode.text() + ")"), bot.id(), userId))
            .put("account", accountId.toString())
            .put("money", mode.text());
        BotRequestParser parser = new BotRequestParser("", (name) -> null, (feed) -> true);
        BotDefinition definition = parser.read(settings);
        if (definition == null) {
            throw JsonBody.toProblem(parser.errors()).asException();
        }
        return new Copy(definition, this.accountResolver.resolve(userId, definition));
    }

    private static String appendSuffix(String name, String suffix) {
        return name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH - suffix.length())) + suffix;
    }

    /**
     * Creates a copy, which stays stopped until it is started.
     * @param id the id of the new bot
     * @param userId the user who owns the bot
     * @param copy the copy to create
     * @return the new bot
     */
    public BotResponse create(UUID id, UUID userId, Copy copy) {
        this.bots.save(id, userId, copy.definition(), copy.resolvedAccount());
        return Objects.requireNonNull(this.bots.find(id, userId).orElse(null));
    }

    /**
     * A validated copy that is not stored yet.
     */
    public static final class Copy {

        private final BotDefinition definition;

        private final AccountResolver.ResolvedAccount resolvedAccount;

        Copy(BotDefinition definition, AccountResolver.ResolvedAccount resolvedAccount) {
            this.definition = definition;
            this.resolvedAccount = resolvedAccount;
        }

        BotDefinition definition() {
            return this.definition;
        }

        AccountResolver.ResolvedAccount resolvedAccount() {
            return this.resolvedAccount;
        }

    }

}
