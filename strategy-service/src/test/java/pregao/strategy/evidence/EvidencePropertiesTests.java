package pregao.strategy.evidence;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EvidencePropertiesTests {

    private static final String PREFIX = "pregao.strategy.evidence.";

    private static EvidenceProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("pregao.strategy.evidence",
                EvidenceProperties.class);
    }

    @Test
    void haveDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new EvidenceProperties(30, Duration.ofDays(7), 366, 20_000, 200));
    }

    @Test
    void areBound() {
        assertThat(bind(Map.of(PREFIX + "min-trades", "100", PREFIX + "max-age", "1d", PREFIX + "max-days", "31",
                PREFIX + "max-trades", "5", PREFIX + "max-listed", "6")))
            .isEqualTo(new EvidenceProperties(100, Duration.ofDays(1), 31, 5, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = { "min-trades", "max-age", "max-days", "max-trades", "max-listed" })
    void rejectInvalidValues(String setting) {
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of(PREFIX + setting, "0")))
            .withStackTraceContaining(setting);
    }

}
