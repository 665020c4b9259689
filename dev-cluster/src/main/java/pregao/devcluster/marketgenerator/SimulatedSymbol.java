package pregao.devcluster.marketgenerator;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import pregao.contracts.Instrument;

/**
 * What a symbol of the random market is like.
 *
 * @param name its name
 * @param digits decimals of its prices; the last one is the tick size
 * @param price where it starts
 * @param spread of a quiet moment, in units of the last decimal
 * @param volatility of a year, 0.08 for 8 %
 * @param activity how often it is quoted beside the others
 */
record SimulatedSymbol(String name, int digits, double price, int spread, double volatility, double activity) {

    /** The market where nothing else is said. */
    static final List<SimulatedSymbol> ALL = List.of(new SimulatedSymbol("EURUSD", 5, 1.08550, 8, 0.075, 5),
            new SimulatedSymbol("GBPUSD", 5, 1.28500, 12, 0.085, 3.5),
            new SimulatedSymbol("USDJPY", 3, 151.250, 10, 0.10, 4),
            new SimulatedSymbol("BTCUSDT", 2, 67_250.00, 10, 0.55, 8),
            new SimulatedSymbol("ETHUSDT", 2, 3_420.00, 2, 0.70, 6),
            new SimulatedSymbol("SOLUSDT", 2, 168.00, 2, 0.90, 3),
            new SimulatedSymbol("POLUSDT", 4, 0.4120, 2, 1.00, 1));

    private static final int FALLBACK_DIGITS = 4;

    SimulatedSymbol {
        if (!Instrument.isSymbol(name)) {
            throw new IllegalArgumentException("symbol '%s' is not %s".formatted(name, Instrument.SYMBOL_RULE));
        }
        if (digits < 0 || digits > 8 || !(price > 0) || spread < 1 || !(volatility > 0) || !(activity > 0)) {
            throw new IllegalArgumentException("digits are 0 to 8, all else above 0: " + name);
        }
    }

    /**
     * The symbol of a name: one of {@link #ALL}, or an unremarkable one.
     * @param name as a person writes it
     * @return the symbol
     */
    static SimulatedSymbol named(String name) {
        Optional<SimulatedSymbol> known = ALL.stream().filter((symbol) -> symbol.name.equals(name)).findFirst();
        return known.orElseGet(() -> new SimulatedSymbol(name, FALLBACK_DIGITS, 10, 5, 0.5, 1));
    }

    double tickSize() {
        return Math.pow(10, -this.digits);
    }

    /**
     * The decimal of a price.
     * @param units of the last decimal
     * @return with all digits
     */
    BigDecimal decimal(long units) {
        return BigDecimal.valueOf(units, this.digits);
    }

}
