package pregao.market.protection;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProtectionEngineTests {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private static ClosedTradeInfo stop(String symbol, long at) {
        return new ClosedTradeInfo(symbol, at, new BigDecimal("-0.01"), true);
    }

    /** Its cause is forgotten sooner than it ends. */
    @Test
    void holdsForTheWholeRest() {
        ProtectionEngine guard = new ProtectionEngine(
                List.of(new Protection.StopGuard(Duration.ofHours(1), 2, Duration.ofHours(5), true)));
        guard.closed(stop("A", 0));
        assertThat(guard.lock("A", 1)).isNull();
        guard.closed(stop("A", HOUR / 2));
        assertThat(guard.lock("A", HOUR / 2 + 5 * HOUR - 1)).isNotNull();
        assertThat(guard.lock("B", HOUR)).isNull();
        assertThat(guard.lock("A", HOUR / 2 + 5 * HOUR)).isNull();
    }

    @Test
    void forgetsWhatNobodyLooksAtAndGoesOnFromWhatItKnew() {
        List<Protection> protections = List.of(new Protection.Cooldown(Duration.ofHours(1)),
                new Protection.MaxDrawdown(Duration.ofHours(2), 2, new BigDecimal("0.015"), Duration.ofHours(9)));
        ProtectionEngine guard = new ProtectionEngine(protections);
        for (int i = 0; i < 100; i++) {
            guard.closed(new ClosedTradeInfo("A", i * HOUR, BigDecimal.ONE, false));
        }
        assertThat(guard.closed()).hasSize(2);
        ProtectionEngine other = new ProtectionEngine(protections, guard.closed(), guard.locks());
        other.closed(stop("A", 100 * HOUR));
        other.closed(stop("B", 100 * HOUR + 1));
        TradingLock tradingLock = other.lock("C", 105 * HOUR);
        assertThat(tradingLock).isNotNull().extracting(TradingLock::symbol).isNull();
        assertThat(other.lock("A", 100 * HOUR + HOUR / 2)).isEqualTo(tradingLock);
    }

}
