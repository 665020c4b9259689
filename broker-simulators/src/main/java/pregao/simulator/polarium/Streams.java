package pregao.simulator.polarium;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * What streams say at this moment, made once for all who listen.
 */
final class Streams {

    private final Map<Stream, LastMessage> said = new HashMap<>();

    private final Market market;

    private final Candles candles;

    private final SimulatorClock clock;

    Streams(Market market, Candles candles, SimulatorClock clock) {
        this.market = market;
        this.candles = candles;
        this.clock = clock;
    }

    /**
     * What a stream says now.
     * @param stream which
     * @return null where it says nothing
     */
    @Nullable LastMessage now(Stream stream) {
        long tenth = this.clock.millis() / 100;
        LastMessage before = this.said.get(stream);
        if (before != null && before.tenth() == tenth) {
            return before;
        }
        Asset asset = this.market.asset(stream.asset());
        ObjectNode message = (asset == null) ? null : message(stream, asset);
        if (message == null) {
            return null;
        }
        ObjectNode event = Json.object().put("name", stream.name()).put("microserviceName", "quotes");
        event.set("msg", message);
        LastMessage next = new LastMessage(tenth, message.path("id").asLong(0), Json.write(event));
        this.said.put(stream, next);
        return next;
    }

    private @Nullable ObjectNode message(Stream stream, Asset asset) {
        if (stream.name().equals("candle-generated")) {
            ObjectNode candle = this.candles.forming(asset, stream.size());
            return (candle == null) ? null : quoted(candle, asset).put("size", stream.size());
        }
        ObjectNode quote = quoted(Json.object(), asset).put("value", asset.decimal(this.market.price(asset)));
        if (stream.name().equals("quote-generated")) {
            return quote.put("time", this.clock.millis());
        }
        ObjectNode objectNode = quote.put("at", this.clock.millis() * 1_000_000).putObject("candles");
        for (int size : Candles.SIZES) {
            ObjectNode candle = (size <= 3600) ? this.candles.forming(asset, size) : null;
            if (candle != null) {
                objectNode.set(String.valueOf(size), candle);
            }
        }
        return quote;
    }

    private ObjectNode quoted(ObjectNode message, Asset asset) {
        long price = this.market.price(asset);
        return message.put("active_id", asset.id())
            .put("ask", asset.decimal(price + 5))
            .put("bid", asset.decimal(price - 5))
            .put("phase", this.market.suspended(asset) ? "C" : "T");
    }

    /**
     * Something to listen to.
     *
     * @param name of its events
     * @param asset of what
     * @param size of candles, seconds, or 0
     */
    record Stream(String name, int asset, int size) {

    }

    /**
     * A frame that a stream sends.
     *
     * @param tenth when it was made, tenths of a second
     * @param id of the candle, or 0
     * @param text the frame
     */
    record LastMessage(long tenth, long id, String text) {

    }

}
