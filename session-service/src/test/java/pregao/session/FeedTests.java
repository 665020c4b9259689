package pregao.session;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of changes of feed settings.
 */
class FeedTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    private static final Map<String, Object> SETTINGS = Map.of("price_basis", "last", "clock", "UTC+03:00", "day_zone",
            "Europe/Athens", "close_after_ms", 250, "calendar", "fx", "event_time", true);

    @Test
    void hasDefaultsForANewFeed() {
        TestResponse testResponse = STACK.post("/api/feeds", Person.TOKEN, Map.of("name", "new-feed"));

        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
        assertThat(testResponse.text("price_basis")).isEqualTo("mid");
        assertThat(testResponse.text("day_zone")).isEqualTo("UTC");
        assertThat(testResponse.text("calendar")).isEqualTo("auto");
    }

    @ParameterizedTest
    @ValueSource(strings = { "price_basis", "clock", "day_zone", "close_after_ms", "calendar", "event_time" })
    void replacesAllSettingsOrNone(String missing) {
        String token = Person.TOKEN;
        feed(token, "put-" + missing.replace('_', '-'));
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.remove(missing);
        TestResponse response = STACK.put("/api/feeds/put-" + missing.replace('_', '-'), token, settings);

        assertThat(response.status()).as(response.body()).isEqualTo(422);
        assertThat(response.json().path("errors").propertyStream().count()
                + response.json().path("errors").valueStream().count())
            .isOne();
        assertThat(response.json().path("errors").get(0).path("field").asString()).isEqualTo(missing);
        assertThat(STACK.get("/api/feeds/put-" + missing.replace('_', '-'), token).text("price_basis"))
            .isEqualTo("last");
    }

    @Test
    void namesAllThatIsMissing() {
        String token = Person.TOKEN;
        feed(token, "put-one");
        TestResponse response = STACK.put("/api/feeds/put-one", token, Map.of("clock", "America/Sao_Paulo"));

        assertThat(response.json().path("errors").valueStream().map((error) -> error.path("field").asString()))
            .containsExactlyInAnyOrder("price_basis", "day_zone", "close_after_ms", "calendar", "event_time");
    }

    @Test
    void changesSingleSettings() {
        String token = Person.TOKEN;
        feed(token, "patched");
        TestResponse response = STACK.patch("/api/feeds/patched", token, Map.of("clock", "America/Sao_Paulo"));

        assertThat(response.status()).as(response.body()).isEqualTo(200);
        JsonNode feed = STACK.get("/api/feeds/patched", token).json();
        assertThat(feed.path("clock").asString()).isEqualTo("America/Sao_Paulo");
        assertThat(feed.path("price_basis").asString()).isEqualTo("last");
        assertThat(feed.path("day_zone").asString()).isEqualTo("Europe/Athens");
        assertThat(feed.path("close_after_ms").asInt()).isEqualTo(250);
        assertThat(feed.path("calendar").asString()).isEqualTo("fx");
        assertThat(feed.path("event_time").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "price_basis", "day_zone" })
    void asksBeforeCandlesChange(String setting) {
        String token = Person.TOKEN;
        String name = "asked-" + setting.replace('_', '-');
        feed(token, name);
        String value = setting.equals("day_zone") ? "America/New_York+07:00" : "bid";

        TestResponse testResponse = STACK.patch("/api/feeds/" + name, token, Map.of(setting, value));
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(409);
        assertThat(testResponse.problem()).isEqualTo("candle-change");
        assertThat(testResponse.body()).contains(setting, "confirm_candle_change");
        assertThat(STACK.get("/api/feeds/" + name, token).text(setting)).isNotEqualTo(value);

        TestResponse done = STACK.patch("/api/feeds/" + name, token,
                Map.of(setting, value, "confirm_candle_change", true));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(STACK.get("/api/feeds/" + name, token).text(setting)).isEqualTo(value);
    }

    private static void feed(String token, String name) {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("name", name);
        TestResponse testResponse = STACK.post("/api/feeds", token, settings);
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(201);
    }

    /** One user for all tests, because registrations from one network are limited. */
    private static final class Person {

        static final String TOKEN = STACK.token("feeds@example.com");

    }

}
