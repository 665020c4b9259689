package pregao.strategy.order;

import java.math.BigDecimal;

/**
 * At which price spot is traded at a broker.
 *
 * @param limit the worst price at which it is filled; what cannot be had at once is not
 * waited for
 */
public record SpotTerms(BigDecimal limit) implements OrderTerms {

}
