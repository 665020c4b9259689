package pregao.session.broker.account;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerInstrument;

/**
 * What a broker trades, as it is told.
 *
 * @param items as the broker orders them
 */
record InstrumentsResponse(List<BrokerInstrumentResponse> items) {

    InstrumentsResponse {
        items = List.copyOf(items);
    }

    /**
     * One instrument.
     *
     * @param kind {@code option} or {@code spot}
     * @param symbol the broker's name
     * @param open whether it can be bought now
     * @param product of an option, such as {@code turbo}
     * @param payout of an option, percent of the stake won
     * @param least the smallest order: stake, or quantity
     * @param most the largest order
     * @param step quantities are whole multiples of it
     * @param priceStep limits are whole multiples of it
     * @param leastValue the smallest order, in the asset with which it is paid
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
