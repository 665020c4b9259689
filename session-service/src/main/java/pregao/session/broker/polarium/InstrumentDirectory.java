package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Instrument;
import pregao.session.broker.api.BrokerInstrument;

/**
 * Directory of the instruments that the broker offers. Active ids can change, so they are
 * always read from a response and never hard-coded.
 */
final class InstrumentDirectory {

    private static final String OPEN_MARKET_SUFFIX = "-op";

    private final List<BrokerInstrument> instruments = new ArrayList<>();

    private final Map<String, Integer> idsBySymbol = new HashMap<>();

    private final Map<Integer, List<OptionTerms>> termsById = new HashMap<>();

    /**
     * Parses the response.
     * @param response the message of the response
     * @param nowSeconds the server time in epoch seconds
     */
    InstrumentDirectory(JsonNode response, long nowSeconds) {
        for (OptionType type : OptionType.values()) {
            for (JsonNode active : response.path(type.productName()).path("actives")) {
                String name = active.path("name").asString("");
                String symbol = name.substring(name.indexOf('.') + 1);
                int id = active.path("id").asInt(0);
                if (id > 0 && Instrument.isSymbol(symbol)) {
                    this.idsBySymbol.put(symbol, id);
                }
                if (id > 0 && Instrument.isSymbol(symbol) && active.path("enabled").asBoolean(false)) {
                    this.termsById.computeIfAbsent(id, (newId) -> new ArrayList<>()).add(OptionTerms.of(type, active));
                    this.instruments
                        .add(new BrokerInstrument.Option(id, symbol, type.productName(), isOpen(active, nowSeconds),
                                100 - active.path("option").path("profit").path("commission").asInt(100),
                                active.path("minimal_bet").asDecimal(BigDecimal.ONE),
                                active.path("maximal_bet").asDecimal(BigDecimal.ONE)));
                }
            }
        }
    }

    List<BrokerInstrument> instruments() {
        return List.copyOf(this.instruments);
    }

    /**
     * Returns the active id of a symbol. A plain name means the open-market variant if
     * that is offered.
     * @param symbol a symbol, such as {@code EURUSD-OTC}
     * @return the active id, or null if there is none
     */
    @Nullable Integer findId(String symbol) {
        SymbolOffer offer = findOffer(symbol);
        if (offer != null) {
            return offer.active();
        }
        Integer variantId = this.idsBySymbol.get(symbol + OPEN_MARKET_SUFFIX);
        return (variantId != null) ? variantId : this.idsBySymbol.get(symbol);
    }

    /**
     * Returns the active ids that orders for a symbol can have, even if nothing is
     * offered now.
     * @param symbol a symbol, such as {@code EURUSD-OTC}
     * @return the active ids, empty if there is no such symbol
     */
    Set<Integer> findIds(String symbol) {
        Set<Integer> foundIds = new HashSet<>();
        for (String name : List.of(symbol + OPEN_MARKET_SUFFIX, symbol)) {
            Integer id = this.idsBySymbol.get(name);
            if (id != null) {
                foundIds.add(id);
            }
        }
        return Set.copyOf(foundIds);
    }

    /**
     * Returns the offer for a symbol.
     * @param symbol a symbol, such as {@code EURUSD-OTC}
     * @return the offer, or null if nothing can be bought
     */
    @Nullable SymbolOffer findOffer(String symbol) {
        for (String name : List.of(symbol + OPEN_MARKET_SUFFIX, symbol)) {
            Integer id = this.idsBySymbol.get(name);
            List<OptionTerms> foundTerms = (id != null) ? this.termsById.get(id) : null;
            if (id != null && foundTerms != null) {
                return new SymbolOffer(id, foundTerms);
            }
        }
        return null;
    }

    private static boolean isOpen(JsonNode active, long nowSeconds) {
        if (active.path("is_suspended").asBoolean(true)) {
            return false;
        }
        JsonNode schedule = active.path("schedule");
        for (JsonNode session : schedule) {
            if (session.path(0).asLong(0) <= nowSeconds && nowSeconds < session.path(1).asLong(0)) {
                return true;
            }
        }
        return schedule.isEmpty();
    }

}
