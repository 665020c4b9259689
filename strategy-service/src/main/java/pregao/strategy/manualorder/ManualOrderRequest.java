package pregao.strategy.manualorder;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Side;

/**
 * A request to place a manual order.
 *
 * @param account the id of the broker account; null for paper
 * @param money the mode
 * @param instrument the instrument
 * @param side the side
 * @param amount the quantity, or the stake of an option
 * @param terms the terms of an option; null for spot
 */
record ManualOrderRequest(@Nullable UUID account, TradingMode money, Instrument instrument, Side side,
        BigDecimal amount, @Nullable OptionTerms terms) {

}
