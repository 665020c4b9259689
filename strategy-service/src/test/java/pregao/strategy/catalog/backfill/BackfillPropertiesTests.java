package pregao.strategy.catalog.backfill;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackfillPropertiesTests {

    private static BackfillProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("pregao.strategy.backfill",
                BackfillProperties.class);
    }

    @Test
    void haveDefaultsAndAreBound() {
        assertThat(bind(Map.of())).isEqualTo(new BackfillProperties(Duration.ofMinutes(10), 500));
        assertThat(bind(
                Map.of("pregao.strategy.backfill.repeat-after", "1h", "pregao.strategy.backfill.max-requests", "7")))
            .isEqualTo(new BackfillProperties(Duration.ofHours(1), 7));
    }

    @Test
    void rejectInvalidValues() {
        assertThatExceptionOfType(BindException.class)
            .isThrownBy(() -> bind(Map.of("pregao.strategy.backfill.repeat-after", "0s")));
    }

}
