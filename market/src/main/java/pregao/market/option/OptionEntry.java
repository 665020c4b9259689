package pregao.market.option;

import java.math.BigDecimal;

import pregao.market.pattern.Direction;

/**
 * An option that is to be bought.
 *
 * @param block whose sides were read, its start in epoch milliseconds
 * @param level which entry of the cycle, the first is 0
 * @param at when it is bought, epoch milliseconds
 * @param until when it ends, epoch milliseconds
 * @param direction which way it bets
 * @param stake what is put on it, in the currency
 * @param risk what can be lost from here on, the entries that may follow included
 */
public record OptionEntry(long block, int level, long at, long until, Direction direction, BigDecimal stake,
        BigDecimal risk) {

}
