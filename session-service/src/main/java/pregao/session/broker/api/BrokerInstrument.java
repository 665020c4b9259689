package pregao.session.broker.api;

import java.math.BigDecimal;

/**
 * Something a broker trades.
 */
public sealed interface BrokerInstrument {

    /**
     * Its name.
     * @return such as {@code EURUSD-OTC}
     */
    String symbol();

    /**
     * Whether it is traded.
     * @return whether it can be bought now
     */
    boolean open();

    /**
     * An option, in one of the broker's products.
     *
     * @param id the broker's
     * @param symbol such as {@code EURUSD-OTC}
     * @param product such as {@code turbo}
     * @param open whether it can be bought now
     * @param payout percent of the stake won
     * @param leastStake the smallest order
     * @param mostStake the largest order
     */
    record Option(int id, String symbol, String product, boolean open, int payout, BigDecimal leastStake,
            BigDecimal mostStake) implements BrokerInstrument {

    }

    /**
     * A pair of assets.
     *
     * @param symbol such as {@code BTCUSDT}
     * @param base what is bought
     * @param quote with what it is paid
     * @param open whether it can be bought now
     * @param leastQuantity the smallest order, in the base asset
     * @param mostQuantity the largest order
     * @param quantityStep orders are whole multiples of it
     * @param priceStep limits are whole multiples of it, 0 where any will do
     * @param leastValue the smallest order, in the quote asset, 0 where any will do
     */
    record Spot(String symbol, String base, String quote, boolean open, BigDecimal leastQuantity,
            BigDecimal mostQuantity, BigDecimal quantityStep, BigDecimal priceStep,
            BigDecimal leastValue) implements BrokerInstrument {

    }

}
