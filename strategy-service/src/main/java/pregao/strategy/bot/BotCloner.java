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
    private static final int LONGEST_NAME = 76;

    private final BotRepository bots;

    private final BotNames names;

    private final AccountResolver accounts;

    BotCloner(BotRepository bots, BotNames names, AccountResolver accounts) {
        this.bots = bots;
        this.names = names;
        this.accounts = accounts;
    }

    /**
     * Looks whether there may be such a bot; the account's service is asked, so this
     * takes a while.
     * @param person whose
     * @param bot whose plan is followed
     * @param account of the person, at a broker
     * @param money which of it
     * @return what to make
     * @throws pregao.webapi.problem.ProblemException 404 where the account is somebody
     * else's, 422 where the plan cannot be followed with it
     */
    public Copy of(UUID person, BotResponse bot, UUID account, TradingMode money) {
        ObjectNode settings = (ObjectNode) ExactJson.stored(bot.settings());
        settings.remove("lots"); // those of the other account
        settings.put("name", this.names.free(name(bot.name(), " (" + money.text() + ")"), bot.id(), person))
            .put("account", account.toString())
            .put("money", money.text());
        BotRequestParser reading = new BotRequestParser("", (name) -> null, (stored) -> true);
        BotDefinition wish = reading.read(settings);
        if (wish == null) {
            throw JsonBody.trouble(reading.wrong()).asException();
        }
        return new Copy(wish, this.accounts.of(person, wish));
    }

    private static String name(String name, String end) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - end.length())) + end;
    }

    /**
     * Makes it. It does nothing until it is started.
     * @param id of the new bot
     * @param person whose
     * @param copy what to make
     * @return the new bot
     */
    public BotResponse add(UUID id, UUID person, Copy copy) {
        this.bots.put(id, person, copy.wish(), copy.chosen());
        return Objects.requireNonNull(this.bots.find(id, person).orElse(null));
    }

    /**
     * A bot that may be made.
     */
    public static final class Copy {

        private final BotDefinition wish;

        private final AccountResolver.ResolvedAccount chosen;

        Copy(BotDefinition wish, AccountResolver.ResolvedAccount chosen) {
            this.wish = wish;
            this.chosen = chosen;
        }

        BotDefinition wish() {
            return this.wish;
        }

        AccountResolver.ResolvedAccount chosen() {
            return this.chosen;
        }

    }

}
