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
 * What the broker trades. Its numbers change, so they are read, never written down.
 */
final class InstrumentDirectory {

    private static final String OPEN_MARKET = "-op";

    private final List<BrokerInstrument> all = new ArrayList<>();

    private final Map<String, Integer> ids = new HashMap<>();

    private final Map<Integer, List<OptionTerms>> terms = new HashMap<>();

    /**
     * Reads what the broker answered.
     * @param data the message
     * @param now the broker's time, epoch seconds
     */
    InstrumentDirectory(JsonNode data, long now) {
        for (OptionType type : OptionType.values()) {
            for (JsonNode active : data.path(type.text()).path("actives")) {
                String name = active.path("name").asString("");
                String symbol = name.substring(name.indexOf('.') + 1);
                int id = active.path("id").asInt(0);
                if (id > 0 && Instrument.isSymbol(symbol)) {
                    this.ids.put(symbol, id);
                }
                if (id > 0 && Instrument.isSymbol(symbol) && active.path("enabled").asBoolean(false)) {
                    this.terms.computeIfAbsent(id, (first) -> new ArrayList<>()).add(OptionTerms.of(type, active));
                    this.all.add(new BrokerInstrument.Option(id, symbol, type.text(), isOpen(active, now),
                            100 - active.path("option").path("profit").path("commission").asInt(100),
                            active.path("minimal_bet").asDecimal(BigDecimal.ONE),
                            active.path("maximal_bet").asDecimal(BigDecimal.ONE)));
                }
            }
        }
    }

    List<BrokerInstrument> all() {
        return List.copyOf(this.all);
    }

    /**
     * The broker's number of a symbol. A plain name means the open market's variant where
     * that is offered.
     * @param symbol such as {@code EURUSD-OTC}
     * @return null where there is none
     */
    @Nullable Integer id(String symbol) {
        SymbolOffer offer = offer(symbol);
        if (offer != null) {
            return offer.active();
        }
        Integer variant = this.ids.get(symbol + OPEN_MARKET);
        return (variant != null) ? variant : this.ids.get(symbol);
    }

    /**
     * The broker's numbers under which orders of a symbol may be, whether or not anything
     * is offered there now.
     * @param symbol such as {@code EURUSD-OTC}
     * @return none where there is no such symbol
     */
    Set<Integer> ids(String symbol) {
        Set<Integer> found = new HashSet<>();
        for (String name : List.of(symbol + OPEN_MARKET, symbol)) {
            Integer id = this.ids.get(name);
            if (id != null) {
                found.add(id);
            }
        }
        return Set.copyOf(found);
    }

    /**
     * What can be bought under a symbol.
     * @param symbol such as {@code EURUSD-OTC}
     * @return null where nothing can
     */
    @Nullable SymbolOffer offer(String symbol) {
        for (String name : List.of(symbol + OPEN_MARKET, symbol)) {
            Integer id = this.ids.get(name);
            List<OptionTerms> found = (id != null) ? this.terms.get(id) : null;
            if (id != null && found != null) {
                return new SymbolOffer(id, found);
            }
        }
        return null;
    }

    private static boolean isOpen(JsonNode active, long now) {
        if (active.path("is_suspended").asBoolean(true)) {
            return false;
        }
        JsonNode schedule = active.path("schedule");
        for (JsonNode span : schedule) {
            if (span.path(0).asLong(0) <= now && now < span.path(1).asLong(0)) {
                return true;
            }
        }
        return schedule.isEmpty();
    }

}
