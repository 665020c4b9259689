package pregao.strategy.rule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Timeframe;
import pregao.market.rule.Strategy;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.ExactJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StrategyJsonMapper}, and that the JSON schema accepts the same
 * strategies.
 */
class StrategyJsonMapperTests {

    private static final Schema SCHEMA = SchemaRegistry.withDialect(Dialects.getDraft202012())
        .getSchema(StrategyPresets.SCHEMA);

    private static final String RSI = """
            {"name":"RSI 40/60","timeframe":"M1","buy":{"at_or_below":["rsi",40]},"sell":{"at_or_above":["rsi",60]},\
            "stop":0.03,"take":0.02,"shorts":false}""";

    private final List<DocumentError> errors = new ArrayList<>();

    private @Nullable Strategy read(String json) {
        return StrategyJsonMapper.read(ExactJson.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow(), "",
                this.errors);
    }

    @Property(tries = 2_000)
    void readsWhatItWrites(@ForAll Random random) {
        Strategy strategy = RandomStrategy.of(random);
        String json = ExactJson.write(StrategyJsonMapper.write(strategy));
        Strategy reread = StrategyJsonMapper.read(json);
        assertThat(ExactJson.write(StrategyJsonMapper.write(reread))).isEqualTo(json);
        assertThat(reread.buy()).isEqualTo(strategy.buy());
        assertThat(reread.sell()).isEqualTo(strategy.sell());
        assertThat(reread.stop()).isEqualByComparingTo(strategy.stop());
        assertThat(reread.timeframe()).isEqualTo(strategy.timeframe());
        assertThat(reread.shorts()).isEqualTo(strategy.shorts());
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void theFirstPresetIsTheRsiStrategy() {
        assertThat(read(RSI)).isEqualTo(Strategy.rsi(Timeframe.M1)).isEqualTo(StrategyPresets.ALL.get("rsi-40-60"));
        assertThat(ExactJson.write(StrategyJsonMapper.write(Strategy.rsi(Timeframe.M1)))).isEqualTo(RSI);
        assertThat(StrategyPresets.ALL).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "\"name\":\"RSI 40/60\" | \"name\":\"\" | name",
            "\"name\":\"RSI 40/60\" | \"name\":7 | name", "\"name\":\"RSI 40/60\" | \"name\":\"   \" | name",
            "\"name\":\"RSI 40/60\" | \"name\":\"a\\u0007\" | name", "\"M1\" | \"M2\" | timeframe",
            "\"M1\" | \"m1\" | timeframe", "\"M1\" | 1 | timeframe", "\"M1\" | null | timeframe", "0.03 | 0 | stop",
            "0.03 | 1 | stop", "0.03 | -0.1 | stop", "0.03 | \"0.03\" | stop", "0.03 | 0.123456789 | stop",
            "0.02 | 10.1 | take", "0.02 | 0 | take", "0.02 | true | take", "false | 0 | shorts",
            "false | \"no\" | shorts", "\"shorts\" | \"short\" | short", "[\"rsi\",40] | [\"rsi\"] | buy.at_or_below",
            "[\"rsi\",40] | [\"rsi\",40,50] | buy.at_or_below", "[\"rsi\",40] | {} | buy.at_or_below",
            "[\"rsi\",40] | [\"ema\",40] | buy.at_or_below[0]", "[\"rsi\",40] | [\"rsi\",\"40\"] | buy.at_or_below[1]",
            "[\"rsi\",40] | [\"rsi\",null] | buy.at_or_below[1]", "[\"rsi\",40] | [30,40] | buy.at_or_below",
            "at_or_below | under | buy", "{\"at_or_below\":[\"rsi\",40]} | {} | buy",
            "{\"at_or_below\":[\"rsi\",40]} | [] | buy", "{\"at_or_below\":[\"rsi\",40]} | {\"all\":[]} | buy.all",
            "{\"at_or_below\":[\"rsi\",40]} | {\"any\":{}} | buy.any",
            "{\"at_or_below\":[\"rsi\",40]} | {\"any\":[{\"above\":[\"rsi\",1]},{\"above\":[\"rsl\",1]}]} | buy.any[1].above[0]",
            "{\"at_or_below\":[\"rsi\",40]} | {\"above\":[\"rsi\",1],\"below\":[\"rsi\",2]} | buy" })
    void theReaderAndTheSchemaRefuseTheSame(String good, String bad, String path) {
        String json = RSI.replace(good, bad);
        assertThat(json).isNotEqualTo(RSI);
        assertThat(read(json)).isNull();
        assertThat(this.errors).extracting(DocumentError::path).contains(path);
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).as("the schema").isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "0.03 | 3e-2", "0.03 | 0.00000001", "0.03 | 0.99999999", "0.02 | 10",
            "0.02 | null", "false | true", "false | null", ",\"shorts\":false | ''", "[\"rsi\",40] | [40,\"rsi\"]",
            "[\"rsi\",40] | [\"rsi\",-1.5e-3]", "[\"rsi\",40] | [\"close\",\"bb_lower\"]",
            "{\"at_or_below\":[\"rsi\",40]} | {\"all\":[{\"any\":[{\"crossed_above\":[\"macd\",\"macd_signal\"]}]}]}" })
    void theReaderAndTheSchemaTakeTheSame(String usual, String other) {
        String json = RSI.replace(usual, other);
        assertThat(json).isNotEqualTo(RSI);
        assertThat(read(json)).as(this.errors.toString()).isNotNull();
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).as("the schema").isEmpty();
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        read("{\"timeframe\":\"M3\",\"buy\":{\"all\":[{\"above\":[\"rsi\",1]},{\"above\":[\"x\",{}]}]},\"stop\":2,\"more\":1}");
        assertThat(this.errors).extracting(DocumentError::path)
            .containsExactly("name", "timeframe", "buy.all[1].above[0]", "buy.all[1].above[1]", "sell", "stop", "more");
    }

    @Test
    void boundsDepthAndSize() {
        String rule = "{\"above\":[\"rsi\",1]}";
        String deep = "{\"all\":[".repeat(7) + rule + "]}".repeat(7);
        assertThat(read(RSI.replace("{\"at_or_below\":[\"rsi\",40]}", deep))).isNotNull();
        assertThat(read(RSI.replace("{\"at_or_below\":[\"rsi\",40]}", "{\"any\":[" + deep + "]}"))).isNull();
        String wide = "{\"any\":[" + (rule + ",").repeat(19) + rule + "]}";
        String large = "{\"all\":[" + (wide + ",").repeat(4) + wide + "]}";
        assertThat(read(RSI.replace("{\"at_or_below\":[\"rsi\",40]}", wide))).isNotNull();
        assertThat(read(RSI.replace("{\"at_or_below\":[\"rsi\",40]}", large))).isNull();
        assertThat(this.errors).extracting(DocumentError::expected).contains("at most 100 rules, at most 8 deep");
    }

    @Test
    void numbersOfHundredsOfDigitsAreNone() {
        assertThat(read(RSI.replace("0.03", "1e-999999"))).isNull();
        assertThat(read(RSI.replace("40]", "1e999999999]"))).isNull();
        assertThat(ExactJson.parse("{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8))).as("a field twice").isEmpty();
        assertThat(ExactJson.parse("{} {}".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(ExactJson.parse(new byte[0])).isEmpty();
    }

}
