package pregao.session.broker.api;

import java.math.BigDecimal;

/**
 * An instrument that a broker offers.
 */
public sealed interface BrokerInstrument {

    /**
     * Returns the broker's symbol.
     * @return the symbol, such as {@code EURUSD-OTC}
     */
    String symbol();

    /**
     * Returns whether the market is open.
     * @return whether the instrument can be bought now
     */
    boolean open();

    /**
     * An option of one of the broker's products.
     *
     * @param id the broker's ID
     * @param symbol the symbol, such as {@code EURUSD-OTC}
     * @param product the product, such as {@code turbo}
     * @param open whether it can be bought now
     * @param payout the profit of a win in percent of the stake
     * @param leastStake the smallest stake of an order
     * @param mostStake the largest stake of an order
     */
    record Option(int id, String symbol, String product, boolean open, int payout, BigDecimal leastStake,
            BigDecimal mostStake) implements BrokerInstrument {

    }

    /**
     * A pair of assets on the spot market.
     *
     * @param symbol the symbol, such as {@code BTCUSDT}
     * @param base the asset that is bought
     * @param quote the asset in which the price is quoted
     * @param open whether it can be bought now
     * @param leastQuantity the smallest quantity of an order, in the base asset
     * @param mostQuantity the largest quantity of an order, in the base asset
     * @param quantityStep the step of which quantities are whole multiples
     * @param priceStep the step of which limit prices are whole multiples, 0 if there is
     * no rule
     * @param leastValue the smallest value of an order in the quote asset, 0 if there is
     * no rule
     */
    record Spot(String symbol, String base, String quote, boolean open, BigDecimal leastQuantity,
            BigDecimal mostQuantity, BigDecimal quantityStep, BigDecimal priceStep,
            BigDecimal leastValue) implements BrokerInstrument {

    }

}
