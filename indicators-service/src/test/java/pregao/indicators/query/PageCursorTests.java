package pregao.indicators.query;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PageCursor}.
 */
class PageCursorTests {

    @ParameterizedTest
    @ValueSource(strings = { "2025-10-20T03:00:00Z", "1969-12-31T23:59:00Z" })
    void comesBackAsItWas(Instant from) {
        PageCursor cursor = new PageCursor(from);
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
        assertThat(PageCursor.of(cursor.text())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "=", "YzE6", "YzI6MQ", "not a cursor", "MTc2MDkyOTIwMA" })
    void refusesWhatNoPageGave(String text) {
        assertThat(PageCursor.of(text)).isEmpty();
    }

}
