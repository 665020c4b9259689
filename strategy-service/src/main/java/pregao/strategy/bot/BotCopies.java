package pregao.strategy.bot;

import java.util.Objects;
import java.util.UUID;

import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

import pregao.strategy.account.Money;
import pregao.strategy.document.Body;
import pregao.strategy.document.Json;

/**
 * Makes bots that follow the plan of another one, with another account.
 */
@Component
public class BotCopies {

    /** With room for a number behind it. */
    private static final int LONGEST_NAME = 76;

    private final Bots bots;

    private final BotNames names;

    private final TradingAccounts accounts;

    BotCopies(Bots bots, BotNames names, TradingAccounts accounts) {
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
     * @throws pregao.http.problem.TroubleException 404 where the account is somebody
     * else's, 422 where the plan cannot be followed with it
     */
    public Copy of(UUID person, StoredBot bot, UUID account, Money money) {
        ObjectNode settings = (ObjectNode) Json.stored(bot.settings());
        settings.remove("lots"); // those of the other account
        settings.put("name", this.names.free(name(bot.name(), " (" + money.text() + ")"), bot.id(), person))
            .put("account", account.toString())
            .put("money", money.text());
        BotReading reading = new BotReading("", (name) -> null, (stored) -> true);
        BotWish wish = reading.read(settings);
        if (wish == null) {
            throw Body.trouble(reading.wrong()).asException();
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
    public StoredBot add(UUID id, UUID person, Copy copy) {
        this.bots.put(id, person, copy.wish(), copy.chosen());
        return Objects.requireNonNull(this.bots.find(id, person).orElse(null));
    }

    /**
     * A bot that may be made.
     */
    public static final class Copy {

        private final BotWish wish;

        private final TradingAccounts.Chosen chosen;

        Copy(BotWish wish, TradingAccounts.Chosen chosen) {
            this.wish = wish;
            this.chosen = chosen;
        }

        BotWish wish() {
            return this.wish;
        }

        TradingAccounts.Chosen chosen() {
            return this.chosen;
        }

    }

}
