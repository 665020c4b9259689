package pregao.session.broker.api;

import java.math.BigDecimal;

/**
 * A balance of a user at a broker.
 *
 * @param id the broker's ID of the balance
 * @param account whether it is real or demo money
 * @param currency the currency, such as {@code BRL}
 * @param amount the amount in the currency, including what open orders reserve
 * @param available the amount that no open order reserves
 */
public record Balance(long id, TradingMode account, String currency, BigDecimal amount, BigDecimal available) {

}
