package pregao.strategy.catalog;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsTests {

    private static CatalogProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("pregao.strategy.catalog",
                CatalogProperties.class);
    }

    @Test
    void haveDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new CatalogProperties(2, 500, 15_000_000, 500));
    }

    @Test
    void areBound() {
        assertThat(bind(Map.of("pregao.strategy.catalog.max-gales", "5", "pregao.strategy.catalog.max-instruments", "9",
                "pregao.strategy.catalog.max-candles", "99", "pregao.strategy.catalog.max-live", "7")))
            .isEqualTo(new CatalogProperties(5, 9, 99, 7));
    }

    @Test
    void rejectInvalidValues() {
        assertThatExceptionOfType(BindException.class)
            .isThrownBy(() -> bind(Map.of("pregao.strategy.catalog.max-gales", "6")))
            .withStackTraceContaining("max-gales is from 0 to 5");
    }

}
