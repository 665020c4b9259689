package pregao.session.broker;

import java.math.BigDecimal;

/**
 * Something a broker trades, in one of its products.
 *
 * @param id the broker's
 * @param symbol such as {@code EURUSD-OTC}
 * @param product such as {@code turbo}
 * @param open whether it can be bought now
 * @param payout percent of the stake won
 * @param leastStake the smallest order
 * @param mostStake the largest order
 */
public record BrokerInstrument(int id, String symbol, String product, boolean open, int payout, BigDecimal leastStake,
        BigDecimal mostStake) {

}
