package pregao.simulator.binance;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Json;

/**
 * What is given with a request, all of it text.
 *
 * @param values by name
 */
record Parameters(Map<String, String> values) {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");

    private static final int SCALE = 8;

    Parameters {
        values = Map.copyOf(values);
    }

    @Nullable String text(String name) {
        return this.values.get(name);
    }

    boolean has(String name) {
        return this.values.containsKey(name);
    }

    String mandatory(String name) {
        String value = this.values.get(name);
        if (value == null || value.isEmpty()) {
            throw new ApiErrorException(-1102,
                    "Mandatory parameter '%s' was not sent, was empty/null, or malformed.".formatted(name));
        }
        return value;
    }

    long number(String name, long otherwise) {
        String value = this.values.get(name);
        try {
            return (value == null) ? otherwise : Long.parseLong(value);
        }
        catch (NumberFormatException ex) {
            throw new ApiErrorException(-1100, "Illegal characters found in parameter '%s'".formatted(name));
        }
    }

    BigDecimal decimal(String name) {
        String value = mandatory(name);
        if (!DECIMAL.matcher(value).matches()) {
            throw new ApiErrorException(-1100, "Illegal characters found in parameter '%s'; legal range is '%s'."
                .formatted(name, "^([0-9]{1,20})(\\.[0-9]{1,20})?$"));
        }
        BigDecimal decimal = new BigDecimal(value);
        if (decimal.stripTrailingZeros().scale() > SCALE) {
            throw new ApiErrorException(-1111, "Parameter '%s' has too much precision.".formatted(name));
        }
        return decimal;
    }

    Pair pair() {
        Pair pair = Pair.named(mandatory("symbol"));
        if (pair == null) {
            throw new ApiErrorException(-1121, "Invalid symbol.");
        }
        return pair;
    }

    /**
     * The pairs that are asked for, by {@code symbol} or {@code symbols}.
     * @return all where none is named
     */
    List<Pair> pairs() {
        if (has("symbol") && has("symbols")) {
            throw new ApiErrorException(-1128, "Combination of optional parameters invalid.");
        }
        if (has("symbol")) {
            return List.of(pair());
        }
        if (!has("symbols")) {
            return Pair.ALL;
        }
        JsonNode names = Json.read(mandatory("symbols"));
        if (!names.isArray() || names.isEmpty()) {
            throw new ApiErrorException(-1100, "Illegal characters found in parameter 'symbols'");
        }
        return names.valueStream().map((name) -> new Parameters(Map.of("symbol", name.asString(""))).pair()).toList();
    }

}
