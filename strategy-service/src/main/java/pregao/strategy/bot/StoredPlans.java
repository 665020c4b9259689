package pregao.strategy.bot;

import org.jspecify.annotations.Nullable;

import pregao.strategy.document.Json;

/**
 * Reads bots that were stored.
 */
public final class StoredPlans {

    private StoredPlans() {
    }

    /**
     * Reads one.
     * @param settings as stored
     * @return as it was wished
     * @throws IllegalArgumentException where this version cannot read it
     */
    public static BotWish read(String settings) {
        BotReading reading = BotReading.ofStored();
        @Nullable BotWish wish = reading.read(Json.stored(settings));
        if (wish == null) {
            throw new IllegalArgumentException("no bot: " + reading.wrong());
        }
        return wish;
    }

}
