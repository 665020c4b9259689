package pregao.session.broker.account;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerInstrument;

/**
 * The instruments of a broker.
 *
 * @param items the instruments in the order of the broker
 */
record InstrumentsResponse(List<BrokerInstrumentResponse> items) {

    InstrumentsResponse {
        items = List.copyOf(items);
    }

    /**
     * An instrument.
     *
     * @param kind {@code option} or {@code spot}
     * @param symbol the broker's symbol
     * @param open whether it can be bought now
     * @param product the product of an option, such as {@code turbo}
     * @param payout the profit of a winning option in percent of the stake
     * @param least the smallest stake or quantity of an order
     * @param most the largest stake or quantity of an order
     * @param step the step of which quantities are whole multiples
     * @param priceStep the step of which limit prices are whole multiples
     * @param leastValue the smallest value of an order, in the quote asset
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BrokerInstrumentResponse(String kind, String symbol, boolean open, @Nullable String product,
            @Nullable Integer payout, BigDecimal least, BigDecimal most, @Nullable BigDecimal step,
            @Nullable BigDecimal priceStep, @Nullable BigDecimal leastValue) {

        static BrokerInstrumentResponse of(BrokerInstrument instrument) {
            return switch (instrument) {
                case BrokerInstrument.Option option ->
                    new BrokerInstrumentResponse("option", option.symbol(), option.open(), option.product(),
                            option.payout(), option.leastStake(), option.mostStake(), null, null, null);
                case BrokerInstrument.Spot spot ->
                    new BrokerInstrumentResponse("spot", spot.symbol(), spot.open(), null, null, spot.leastQuantity(),
                            spot.mostQuantity(), spot.quantityStep(), spot.priceStep(), spot.leastValue());
            };
        }

    }

}
