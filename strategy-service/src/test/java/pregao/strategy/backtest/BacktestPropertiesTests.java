package pregao.strategy.backtest;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BacktestPropertiesTests {

    private static BacktestProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("pregao.strategy.backtest",
                BacktestProperties.class);
    }

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new BacktestProperties(5, 100_000, 5_000_000_000L, 100_000, 0, 3_000_000));
        assertThat(bind(Map.of()).parallelism()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void isRead() {
        assertThat(bind(Map.of("pregao.strategy.backtest.max-years", "1", "pregao.strategy.backtest.max-points", "2",
                "pregao.strategy.backtest.max-work", "3", "pregao.strategy.backtest.max-trades", "4",
                "pregao.strategy.backtest.threads", "5", "pregao.strategy.backtest.max-minutes", "6")))
            .isEqualTo(new BacktestProperties(1, 2, 3, 4, 5, 6));
        assertThatExceptionOfType(BindException.class)
            .isThrownBy(() -> bind(Map.of("pregao.strategy.backtest.max-years", "0")));
    }

}
