package pregao.market.protection;

import java.math.BigDecimal;

/**
 * A trade that is over, as protections see it.
 *
 * @param symbol of what
 * @param at when, epoch milliseconds
 * @param profit as a part of what was put in
 * @param stopped whether its stop ended it
 */
public record Closed(String symbol, long at, BigDecimal profit, boolean stopped) {

}
