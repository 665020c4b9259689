package pregao.aggregator.tick;

import java.math.BigDecimal;
import java.time.Instant;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.tick.TickBatch;

/**
 * Parses a stored part of a minute into ticks.
 */
public final class RawTickParser {

    private static final JsonFactory JSON = new JsonFactory();

    private RawTickParser() {
    }

    /**
     * Parses the ticks of a part.
     * @param instrument the instrument
     * @param json a JSON array of ticks
     * @param count the expected number of ticks
     * @return the ticks, in their order
     * @throws IllegalArgumentException if the text is not an array of ticks
     */
    public static TickBatch parse(Instrument instrument, String json, int count) {
        TickBatch.Builder ticks = TickBatch.of(instrument, PriceBasis.MID, 0, count);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("stored ticks of %s are no array".formatted(instrument));
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                parseTick(parser, ticks);
            }
        }
        return ticks.build();
    }

    private static void parseTick(JsonParser parser, TickBatch.Builder ticks) {
        long time = 0;
        int seq = 0;
        long bid = 0;
        long ask = 0;
        long last = 0;
        BigDecimal volume = BigDecimal.ZERO;
        int flags = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "ts" -> time = Instant.parse(parser.getString()).toEpochMilli();
                case "seq" -> seq = parser.getIntValue();
                case "bid" -> bid = Prices.of(parser.getDecimalValue());
                case "ask" -> ask = Prices.of(parser.getDecimalValue());
                case "last" -> last = Prices.of(parser.getDecimalValue());
                case "volume" -> volume = parser.getDecimalValue();
                case "flags" -> flags = parser.getIntValue();
                default -> throw new IllegalArgumentException("a stored tick has no '%s'".formatted(name));
            }
        }
        ticks.add(time, seq, bid, ask, last, volume, flags);
    }

}
