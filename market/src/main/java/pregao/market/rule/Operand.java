package pregao.market.rule;

/**
 * One side of a comparison.
 */
public sealed interface Operand {

    /**
     * What it is at the last candle.
     * @param window the last two candles
     * @return NaN where it is not defined
     */
    double now(RuleContext window);

    /**
     * What it was at the candle before.
     * @param window the last two candles
     * @return NaN where it is not defined
     */
    double before(RuleContext window);

    /**
     * Something of the candle.
     *
     * @param value what
     */
    record Field(MarketField value) implements Operand {

        @Override
        public double now(RuleContext window) {
            return window.now(this.value);
        }

        @Override
        public double before(RuleContext window) {
            return window.before(this.value);
        }

    }

    /**
     * A number.
     *
     * @param number which
     */
    record Constant(double number) implements Operand {

        public Constant {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("a number must be finite, not " + number);
            }
        }

        @Override
        public double now(RuleContext window) {
            return this.number;
        }

        @Override
        public double before(RuleContext window) {
            return this.number;
        }

    }

}
