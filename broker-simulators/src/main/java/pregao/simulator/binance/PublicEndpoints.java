package pregao.simulator.binance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * What anybody may ask.
 */
final class PublicEndpoints {

    private static final int USUAL = 500;

    private static final int MAX_COUNT = 1000;

    private final Set<String> halted = new HashSet<>();

    private final PriceGenerator prices;

    private final Klines klines;

    private final OrderBook book;

    private final Limits limits;

    private final SimulatorClock clock;

    PublicEndpoints(PriceGenerator prices, Klines klines, OrderBook book, Limits limits, SimulatorClock clock) {
        this.prices = prices;
        this.klines = klines;
        this.book = book;
        this.limits = limits;
        this.clock = clock;
    }

    JsonNode answer(Endpoint endpoint, Parameters parameters) {
        return switch (endpoint) {
            case PING -> Json.object();
            case TIME -> Json.object().put("serverTime", this.clock.millis());
            case EXCHANGE_INFO -> exchangeInfo(parameters);
            case KLINES -> klines(parameters);
            case PRICE -> each(parameters, this::price);
            case BEST -> each(parameters, this::best);
            case DAY -> each(parameters, (pair) -> Ticker.of(pair, this.prices, this.klines, this.clock.seconds())
                .json("MINI".equals(parameters.text("type"))));
            case AVERAGE -> Json.object()
                .put("mins", 5)
                .put("price", Decimals.decimal(this.book.average(parameters.pair())))
                .put("closeTime", this.clock.seconds() * 1000);
            case DEPTH -> depth(parameters);
            case DEALS -> deals(parameters);
            default -> throw new IllegalArgumentException(endpoint + " is not for anybody");
        };
    }

    boolean isHalted(Pair pair) {
        return this.halted.contains(pair.symbol());
    }

    void halt(String symbol, boolean really) {
        if (really) {
            this.halted.add(symbol);
        }
        else {
            this.halted.remove(symbol);
        }
    }

    private ObjectNode exchangeInfo(Parameters parameters) {
        ObjectNode info = Json.object().put("timezone", "UTC").put("serverTime", this.clock.millis());
        info.set("rateLimits", this.limits.json());
        info.putArray("exchangeFilters");
        ArrayNode symbols = info.putArray("symbols");
        parameters.pairs().forEach((pair) -> symbols.add(pair.json(isHalted(pair) ? "HALT" : "TRADING")));
        return info;
    }

    private ArrayNode klines(Parameters parameters) {
        Pair pair = parameters.pair();
        Interval interval = Interval.named(parameters.mandatory("interval"));
        if (interval == null) {
            throw new ApiErrorException(-1120, "Invalid interval.");
        }
        return this.klines.rows(pair, interval, parameters.number("startTime", -1),
                parameters.number("endTime", Long.MAX_VALUE), (int) parameters.number("limit", USUAL));
    }

    private static JsonNode each(Parameters parameters, Function<Pair, ObjectNode> answer) {
        if (parameters.has("symbol")) {
            return answer.apply(parameters.pair());
        }
        ArrayNode arrayNode = Json.array();
        parameters.pairs().forEach((pair) -> arrayNode.add(answer.apply(pair)));
        return arrayNode;
    }

    private ObjectNode best(Pair pair) {
        OrderBook.BookFill bid = this.book.levels(pair, false, 1).getFirst();
        OrderBook.BookFill ask = this.book.levels(pair, true, 1).getFirst();
        return Json.object()
            .put("symbol", pair.symbol())
            .put("bidPrice", Decimals.decimal(bid.price()))
            .put("bidQty", Decimals.decimal(bid.quantity()))
            .put("askPrice", Decimals.decimal(ask.price()))
            .put("askQty", Decimals.decimal(ask.quantity()));
    }

    private ObjectNode depth(Parameters parameters) {
        Pair pair = parameters.pair();
        long most = parameters.number("limit", 100);
        ObjectNode depth = Json.object().put("lastUpdateId", this.clock.seconds());
        levels(depth.putArray("bids"), this.book.levels(pair, false, most));
        levels(depth.putArray("asks"), this.book.levels(pair, true, most));
        return depth;
    }

    private static void levels(ArrayNode side, List<OrderBook.BookFill> levels) {
        levels.forEach((
                level) -> side.addArray().add(Decimals.decimal(level.price())).add(Decimals.decimal(level.quantity())));
    }

    /** Each second has one trade, with its number. */
    private ArrayNode deals(Parameters parameters) {
        Pair pair = parameters.pair();
        long now = this.clock.seconds();
        long most = Math.min(MAX_COUNT, parameters.number("limit", USUAL));
        long last = Math.min(now, Math.floorDiv(parameters.number("endTime", Long.MAX_VALUE), 1000L));
        long first = last - most + 1;
        if (parameters.has("fromId") || parameters.has("startTime")) {
            first = parameters.number("fromId", Math.ceilDiv(parameters.number("startTime", 0), 1000L));
        }
        ArrayNode deals = Json.array();
        for (long second = Math.max(first, Klines.OLDEST); second <= last && deals.size() < most; second++) {
            deals.addObject()
                .put("a", second)
                .put("p", Decimals.decimal(pair.decimal(this.prices.at(pair, second))))
                .put("q", Decimals.decimal(this.prices.quantity(pair, second)))
                .put("f", second)
                .put("l", second)
                .put("T", second * 1000)
                .put("m", second % 2 == 0)
                .put("M", true);
        }
        return deals;
    }

    private ObjectNode price(Pair pair) {
        return Json.object()
            .put("symbol", pair.symbol())
            .put("price", Decimals.decimal(pair.decimal(this.prices.at(pair, this.clock.seconds()))));
    }

}
