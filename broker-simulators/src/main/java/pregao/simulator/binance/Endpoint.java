package pregao.simulator.binance;

import org.jspecify.annotations.Nullable;

/**
 * What can be asked, over HTTP or by WebSocket.
 */
enum Endpoint {

    /** Whether anybody is there. */
    PING("GET", "ping", "ping", 1, false),
    /** What time it is. */
    TIME("GET", "time", "time", 1, false),
    /** What is traded, and by which rules. */
    EXCHANGE_INFO("GET", "exchangeInfo", "exchangeInfo", 20, false),
    /** Candles. */
    KLINES("GET", "klines", "klines", 2, false),
    /** The last price. */
    PRICE("GET", "ticker/price", "ticker.price", 2, false),
    /** What lies in the book. */
    DEPTH("GET", "depth", "depth", 5, false),
    /** The last 24 hours. */
    DAY("GET", "ticker/24hr", "ticker.24hr", 2, false),
    /** The best prices. */
    BEST("GET", "ticker/bookTicker", "ticker.book", 2, false),
    /** The mean price. */
    AVERAGE("GET", "avgPrice", "avgPrice", 2, false),
    /** Trades of everybody. */
    DEALS("GET", "aggTrades", "trades.aggregate", 4, false),
    /** Makes an order. */
    PLACE("POST", "order", "order.place", 1, true),
    /** Checks an order. */
    TEST("POST", "order/test", "order.test", 1, true),
    /** What became of an order. */
    ORDER("GET", "order", "order.status", 4, true),
    /** Takes an order back. */
    CANCEL("DELETE", "order", "order.cancel", 1, true),
    /** Orders that wait. */
    OPEN_ORDERS("GET", "openOrders", "openOrders.status", 6, true),
    /** Takes all orders of a pair back. */
    CANCEL_ALL("DELETE", "openOrders", "openOrders.cancelAll", 1, true),
    /** Takes an order back and makes another. */
    REPLACE("POST", "order/cancelReplace", "order.cancelReplace", 1, true),
    /** Makes two orders of which only one is to be done. */
    PAIR("POST", "orderList/oco", "orderList.place.oco", 1, true),
    /** What became of two such orders. */
    LIST("GET", "orderList", "orderList.status", 4, true),
    /** Takes two such orders back. */
    CANCEL_LIST("DELETE", "orderList", "orderList.cancel", 1, true),
    /** Such orders that wait. */
    OPEN_LISTS("GET", "openOrderList", "openOrderLists.status", 6, true),
    /** All such orders. */
    ALL_LISTS("GET", "allOrderList", "allOrderLists", 20, true),
    /** All orders of a pair. */
    ALL_ORDERS("GET", "allOrders", "allOrders", 20, true),
    /** Balances. */
    ACCOUNT("GET", "account", "account.status", 20, true),
    /** Trades of a pair or an order. */
    TRADES("GET", "myTrades", "myTrades", 20, true),
    /** How many orders were made. */
    ORDER_COUNT("GET", "rateLimit/order", "account.rateLimits.orders", 40, true);

    private final String method;

    private final String path;

    private final String name;

    private final int weight;

    private final boolean signed;

    Endpoint(String method, String path, String name, int weight, boolean signed) {
        this.method = method;
        this.path = "/api/v3/" + path;
        this.name = name;
        this.weight = weight;
        this.signed = signed;
    }

    static @Nullable Endpoint at(String method, String path) {
        for (Endpoint endpoint : values()) {
            if (endpoint.method.equals(method) && endpoint.path.equals(path)) {
                return endpoint;
            }
        }
        return null;
    }

    static @Nullable Endpoint named(String name) {
        for (Endpoint endpoint : values()) {
            if (endpoint.name.equals(name)) {
                return endpoint;
            }
        }
        return null;
    }

    int weight(Parameters parameters) {
        return switch (this) {
            case DAY -> parameters.has("symbol") ? this.weight : 80;
            case PRICE, BEST -> parameters.has("symbol") ? this.weight : 2 * this.weight;
            case OPEN_ORDERS -> parameters.has("symbol") ? this.weight : 80;
            case TRADES -> parameters.has("orderId") ? 5 : this.weight;
            default -> this.weight;
        };
    }

    /**
     * Whether it makes orders or takes them back, which costs nothing where it succeeds.
     * @return false for questions
     */
    boolean isOrder() {
        return switch (this) {
            case PLACE, CANCEL, CANCEL_ALL, REPLACE, PAIR, CANCEL_LIST -> true;
            default -> false;
        };
    }

    boolean isSigned() {
        return this.signed;
    }

}
