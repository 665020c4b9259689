package pregao.strategy.catalog.chart;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChartPropertiesTests {

    private static ChartProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("pregao.strategy.chart",
                ChartProperties.class);
    }

    @Test
    void haveDefaultsAndAreBound() {
        assertThat(bind(Map.of())).isEqualTo(new ChartProperties(30, 2));
        assertThat(bind(Map.of("pregao.strategy.chart.per-minute", "5", "pregao.strategy.chart.concurrency", "3")))
            .isEqualTo(new ChartProperties(5, 3));
    }

    @Test
    void rejectInvalidValues() {
        assertThatExceptionOfType(BindException.class)
            .isThrownBy(() -> bind(Map.of("pregao.strategy.chart.concurrency", "0")));
    }

}
