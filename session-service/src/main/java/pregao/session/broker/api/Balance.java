package pregao.session.broker.api;

import java.math.BigDecimal;

/**
 * Money of a user.
 *
 * @param id the broker's
 * @param account real or play money
 * @param currency such as {@code BRL}
 * @param amount in the currency, with what open orders hold
 * @param available what no open order holds
 */
public record Balance(long id, TradingMode account, String currency, BigDecimal amount, BigDecimal available) {

}
