package pregao.strategy.manualorder;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Side;

/**
 * An order as somebody wants it.
 *
 * @param account of which broker account; null for paper
 * @param money with which money
 * @param instrument of what
 * @param side which way
 * @param amount the quantity, or the stake of an option
 * @param terms of an option; null for spot
 */
record ManualOrderRequest(@Nullable UUID account, TradingMode money, Instrument instrument, Side side,
        BigDecimal amount, @Nullable OptionTerms terms) {

}
