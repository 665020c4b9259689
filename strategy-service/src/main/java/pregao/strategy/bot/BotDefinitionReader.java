package pregao.strategy.bot;

import org.jspecify.annotations.Nullable;

import pregao.strategy.json.ExactJson;

/**
 * Parses stored bot definitions.
 */
public final class BotDefinitionReader {

    private BotDefinitionReader() {
    }

    /**
     * Parses a stored definition.
     * @param settings the stored JSON
     * @return the definition
     * @throws IllegalArgumentException if this version cannot parse it
     */
    public static BotDefinition read(String settings) {
        BotRequestParser parser = BotRequestParser.forStored();
        @Nullable BotDefinition definition = parser.read(ExactJson.parseStored(settings));
        if (definition == null) {
            throw new IllegalArgumentException("no bot: " + parser.errors());
        }
        return definition;
    }

}
