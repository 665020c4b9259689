package pregao.strategy.bot;

import java.util.Objects;
import java.util.UUID;

import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

import pregao.strategy.account.TradingMode;
import pregao.strategy.json.ExactJson;
import pregao.strategy.json.JsonBody;

/**
 * Makes bots that follow the plan of another one, with another account.
 */
@Component
public class BotCloner {

    /** With room for a number behind it. */
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
     * Looks whether there may be such a bot; the account's service is asked, so this
     * takes a while.
     * @param userId whose
     * @param bot whose plan is followed
     * @param accountId of the person, at a broker
     * @param mode which of it
     * @return what to make
     * @throws pregao.webapi.problem.ProblemException 404 where the account is somebody
     * else's, 422 where the plan cannot be followed with it
     */
    public Copy prepare(UUID userId, BotResponse bot, UUID accountId, TradingMode mode) {
        ObjectNode settings = (ObjectNode) ExactJson.stored(bot.settings());
        settings.remove("lots"); // those of the other account
        settings.put("name", this.names.findFreeName(appendSuffix(bot.name(), " (" + mode.text() + ")"), bot.id(), userId))
            .put("account", accountId.toString())
            .put("money", mode.text());
        BotRequestParser parser = new BotRequestParser("", (name) -> null, (feed) -> true);
        BotDefinition definition = parser.read(settings);
        if (definition == null) {
            throw JsonBody.trouble(parser.errors()).asException();
        }
        return new Copy(definition, this.accountResolver.resolve(userId, definition));
    }

    private static String appendSuffix(String name, String suffix) {
        return name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH - suffix.length())) + suffix;
    }

    /**
     * Makes it. It does nothing until it is started.
     * @param id of the new bot
     * @param userId whose
     * @param copy what to make
     * @return the new bot
     */
    public BotResponse create(UUID id, UUID userId, Copy copy) {
        this.bots.save(id, userId, copy.definition(), copy.resolvedAccount());
        return Objects.requireNonNull(this.bots.find(id, userId).orElse(null));
    }

    /**
     * A bot that may be made.
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
