package pregao.market.option;

/**
 * An option that is over, in a backtest.
 *
 * @param entry what was bought
 * @param strike the price at its begin, units of 1e-8
 * @param close the price at its end, units of 1e-8
 * @param settlement how it ended
 */
public record OptionTrade(OptionEntry entry, long strike, long close, OptionSettlement settlement) {

}
