package pregao.simulator.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as the broker writes them: texts with eight decimals.
 */
final class Decimals {

    private static final int SCALE = 8;

    private Decimals() {
    }

    static String decimal(BigDecimal number) {
        return number.setScale(SCALE, RoundingMode.DOWN).toPlainString();
    }

}
