package pregao.strategy.indicator;

import java.util.UUID;

import pregao.strategy.engine.BotInstance;

/**
 * Thrown if a bot fails on an instrument. The transaction is rolled back and repeated
 * without the bot, so nothing that the bot did in it remains.
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
