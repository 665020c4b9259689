package pregao.indicators.query;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Cursor}.
 */
class CursorTests {

    @ParameterizedTest
    @ValueSource(strings = { "2025-10-20T03:00:00Z", "1969-12-31T23:59:00Z" })
    void comesBackAsItWas(Instant from) {
        Cursor cursor = new Cursor(from);
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.of(cursor.text())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "=", "YzE6", "YzI6MQ", "not a cursor", "MTc2MDkyOTIwMA" })
    void refusesWhatNoPageGave(String text) {
        assertThat(Cursor.of(text)).isEmpty();
    }

}
