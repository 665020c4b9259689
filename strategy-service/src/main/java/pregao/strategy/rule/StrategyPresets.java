package pregao.strategy.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import tools.jackson.databind.JsonNode;

import pregao.market.rule.Strategy;
import pregao.strategy.json.ExactJson;

/**
 * The preset strategies, and the JSON schema of strategies.
 */
public final class StrategyPresets {

    /**
     * The presets by name. The first is the RSI strategy of the system that Pregão
     * replaces.
     */
    public static final Map<String, Strategy> ALL = load();

    /** The JSON schema, draft 2020-12. */
    public static final String SCHEMA = readResource("strategy.schema.json");

    private StrategyPresets() {
    }

    private static Map<String, Strategy> load() {
        Map<String, Strategy> presets = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : ExactJson.parseStored(readResource("presets.json")).properties()) {
            presets.put(entry.getKey(), StrategyJsonMapper.read(ExactJson.write(entry.getValue())));
        }
        return java.util.Collections.unmodifiableMap(presets);
    }

    private static String readResource(String name) {
        try (InputStream stream = Objects.requireNonNull(StrategyPresets.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
