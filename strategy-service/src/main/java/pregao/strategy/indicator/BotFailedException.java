package pregao.strategy.indicator;

import java.util.UUID;

import pregao.strategy.engine.BotInstance;

/**
 * A bot cannot go on at an instrument. The transaction is rolled back and done again
 * without the bot, so nothing of what it wanted is left.
 */
final class BotFailedException extends RuntimeException {

    private final UUID bot;

    BotFailedException(BotInstance instance, Exception cause) {
        super("The bot failed at %s: %s".formatted(instance.instrument().key(), cause), cause);
        this.bot = instance.botId();
    }

    UUID bot() {
        return this.bot;
    }

}
