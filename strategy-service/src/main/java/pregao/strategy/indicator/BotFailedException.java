package pregao.strategy.indicator;

import java.util.UUID;

import pregao.strategy.engine.BotInstance;

/**
 * A bot cannot go on at an instrument. The transaction is rolled back and done again
 * without the bot, so nothing of what it wanted is left.
 */
final class BotFailedException extends RuntimeException {

    private final UUID bot;

    BotFailedException(BotInstance desk, Exception cause) {
        super("The bot failed at %s: %s".formatted(desk.instrument().key(), cause), cause);
        this.bot = desk.botId();
    }

    UUID bot() {
        return this.bot;
    }

}
