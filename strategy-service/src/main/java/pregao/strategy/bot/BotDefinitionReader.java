package pregao.strategy.bot;

import org.jspecify.annotations.Nullable;

import pregao.strategy.json.ExactJson;

/**
 * Reads bots that were stored.
 */
public final class BotDefinitionReader {

    private BotDefinitionReader() {
    }

    /**
     * Reads one.
     * @param settings as stored
     * @return as it was wished
     * @throws IllegalArgumentException where this version cannot read it
     */
    public static BotDefinition read(String settings) {
        BotRequestParser parser = BotRequestParser.forStored();
        @Nullable BotDefinition definition = parser.read(ExactJson.stored(settings));
        if (definition == null) {
            throw new IllegalArgumentException("no bot: " + parser.errors());
        }
        return definition;
    }

}
