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
 * The strategies that come with the product, and the schema of all strategies.
 */
public final class StrategyPresets {

    /** By name, the RSI strategy of the system that this one replaces first. */
    public static final Map<String, Strategy> ALL = read();

    /** JSON schema, draft 2020-12. */
    public static final String SCHEMA = resource("strategy.schema.json");

    private StrategyPresets() {
    }

    private static Map<String, Strategy> read() {
        Map<String, Strategy> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : ExactJson.parseStored(resource("presets.json")).properties()) {
            all.put(one.getKey(), StrategyJsonMapper.read(ExactJson.write(one.getValue())));
        }
        return java.util.Collections.unmodifiableMap(all);
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(StrategyPresets.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
