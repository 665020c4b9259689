package pregao.simulator.binance;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link OrderEndpoints} and {@link AccountEndpoints}, as Binance documents
 * them.
 */
class OrderEndpointsTests {

    private static final String BUY = "symbol=BTCUSDT&side=BUY&quantity=0.01";

    private static final String SELL = "symbol=BTCUSDT&side=SELL&quantity=0.01";

    private static final String RESTING = BUY + "&type=LIMIT&timeInForce=GTC&price=50000";

    private final AtomicLong millis = new AtomicLong(1_790_000_000_000L);

    private final InstantSource clock = () -> Instant.ofEpochMilli(this.millis.get());

    private final SimulatedBroker broker = new SimulatedBroker(7, this.clock);

    private final OrderEndpoints orders = new OrderEndpoints(this.broker.desk(), this.broker.publicCalls(),
            this.broker.faults(), this.broker.clock());

    private final AccountEndpoints account = new AccountEndpoints(this.broker.desk(), this.broker.faults(),
            this.broker.clock());

    private final Account trader = this.broker.keys().open(KeyKind.HMAC);

    @Test
    void refusesAMakerThatWouldTake() {
        assertThat(refusal(Endpoint.PLACE, BUY + "&type=LIMIT_MAKER&price=200000"))
            .contains("Order would immediately match and take.");
        JsonNode jsonNode = made(BUY + "&type=LIMIT_MAKER&price=50000&newOrderRespType=RESULT");
        assertThat(jsonNode.path("status").asString("")).isEqualTo("NEW");
        assertThat(jsonNode.path("type").asString("")).isEqualTo("LIMIT_MAKER");
    }

    @Test
    void answersAsMuchAsIsWanted() {
        JsonNode ack = made(BUY + "&type=MARKET&newOrderRespType=ACK");
        assertThat(ack.propertyNames()).containsExactlyInAnyOrder("symbol", "orderId", "orderListId", "clientOrderId",
                "transactTime");
        JsonNode result = made(BUY + "&type=MARKET&newOrderRespType=RESULT");
        assertThat(result.has("fills")).isFalse();
        assertThat(result.path("status").asString("")).isEqualTo("FILLED");
        assertThat(made(BUY + "&type=MARKET").path("fills").size()).isPositive();
        assertThat(refusal(Endpoint.PLACE, BUY + "&type=MARKET&newOrderRespType=ALL")).contains("-1130");
    }

    @Test
    void locksWhatWaitingOrdersNeed() {
        made(RESTING + "&newClientOrderId=rest");
        assertThat(balance("USDT")).isEqualTo("99500.00000000 500.00000000");
        assertThat(refusal(Endpoint.PLACE, RESTING.replace("0.01", "1.995")))
            .contains("Account has insufficient balance for requested action.");
        orders(Endpoint.CANCEL, "symbol=BTCUSDT&origClientOrderId=rest");
        assertThat(balance("USDT")).isEqualTo("100000.00000000 0.00000000");
        made(SELL + "&type=LIMIT&timeInForce=GTC&price=150000");
        assertThat(balance("BTC")).isEqualTo("0.99000000 0.01000000");
    }

    @Test
    void refusesToBuyBeyondTheFundsForTheMarketsPrice() {
        assertThat(refusal(Endpoint.PLACE, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=5"))
            .contains("Account has insufficient balance for requested action.");
        assertThat(this.broker.desk().size()).isZero();
    }

    @Test
    void namesTheOrderAndItsCancellation() {
        made(RESTING + "&newClientOrderId=rest");
        Order order = this.broker.desk().of(this.trader, null).getFirst();
        JsonNode answer = orders(Endpoint.CANCEL,
                "symbol=BTCUSDT&origClientOrderId=rest&newClientOrderId=end&cancelRestrictions=ONLY_NEW");
        assertThat(answer.path("origClientOrderId").asString("")).isEqualTo("rest");
        assertThat(answer.path("clientOrderId").asString("")).isEqualTo("end");
        assertThat(answer.has("fills")).isFalse();
        JsonNode report = order.report("CANCELED", null, 1, 1);
        assertThat(report.path("c").asString("")).isEqualTo("end");
        assertThat(report.path("C").asString("")).isEqualTo("rest");
        assertThat(order.report("NEW", null, 1, 1).path("C").asString("-")).isEmpty();
    }

    @Test
    void keepsPricesNearTheMeanAndCountsOpenOrders() {
        assertThat(refusal(Endpoint.PLACE, RESTING.replace("50000", "9000"))).contains("PERCENT_PRICE_BY_SIDE");
        for (int count = 0; count < Pair.MOST_ORDERS; count++) {
            this.millis.addAndGet(1000);
            made(RESTING.replace("0.01", "0.001"));
        }
        assertThat(refusal(Endpoint.PLACE, RESTING)).contains("Filter failure: MAX_NUM_ORDERS");
        JsonNode counts = account(Endpoint.ORDER_COUNT, "");
        assertThat(counts.path(0).path("count").asInt(0)).as("of the last order alone").isEqualTo(1);
        assertThat(counts.path(1).path("count").asInt(0)).isEqualTo(Pair.MOST_ORDERS);
        assertThat(counts.path(1).path("limit").asInt(0)).isEqualTo(160_000);
        assertThat(orders(Endpoint.CANCEL_ALL, "symbol=BTCUSDT").size()).isEqualTo(Pair.MOST_ORDERS);
        assertThat(refusal(Endpoint.CANCEL_ALL, "symbol=BTCUSDT")).contains("-2011");
    }

    @Test
    void takesFeesInBnbWhenTold() {
        new ControlHandler(this.broker).obey("/control/fees/bnb?amount=1");
        JsonNode fill = made(BUY + "&type=MARKET").path("fills").path(0);
        assertThat(fill.path("commissionAsset").asString("")).isEqualTo("BNB");
        BigDecimal value = new BigDecimal(fill.path("price").asString(""))
            .multiply(new BigDecimal(fill.path("qty").asString("")));
        BigDecimal bnb = this.broker.desk().price(pair("BNBUSDT"));
        BigDecimal dollars = new BigDecimal(fill.path("commission").asString("")).multiply(bnb);
        assertThat(dollars).isCloseTo(value.multiply(new BigDecimal("0.00075")),
                org.assertj.core.data.Offset.offset(new BigDecimal("0.00001")));
        assertThat(balance("BNB")).isNotEqualTo("1.00000000 0.00000000");
    }

    @Test
    void holdsOrdersBackUntilTheirStopPrice() {
        BigDecimal last = this.broker.desk().price(pair("BTCUSDT"));
        String stop = SELL + "&type=STOP_LOSS_LIMIT&timeInForce=GTC&newClientOrderId=stop&price=%s&stopPrice=%s";
        assertThat(refusal(Endpoint.PLACE, stop.formatted(last, last.add(BigDecimal.ONE))))
            .contains("Order would trigger immediately.");
        assertThat(made(stop.formatted("80000", last.subtract(BigDecimal.valueOf(20)))).has("status"))
            .as("ACK, as at the broker")
            .isFalse();
        JsonNode waits = account(Endpoint.ORDER, "symbol=BTCUSDT&origClientOrderId=stop");
        assertThat(waits.path("isWorking").asBoolean(true)).isFalse();
        assertThat(waits.path("workingTime").asLong(0)).isEqualTo(-1);
        letFall(last.subtract(BigDecimal.valueOf(20)));
        assertThat(account(Endpoint.ORDER, "symbol=BTCUSDT&origClientOrderId=stop").path("status").asString(""))
            .isEqualTo("FILLED");
    }

    @Test
    void doesOneOfTwoOrdersAndLocksOnce() {
        BigDecimal last = this.broker.desk().price(pair("BTCUSDT"));
        BigDecimal stop = last.subtract(BigDecimal.valueOf(20));
        String both = SELL + "&listClientOrderId=both&aboveType=LIMIT_MAKER&abovePrice=150000&aboveClientOrderId=take"
                + "&belowType=STOP_LOSS_LIMIT&belowTimeInForce=GTC&belowPrice=80000&belowClientOrderId=stop"
                + "&belowStopPrice=" + stop;
        assertThat(refusal(Endpoint.PAIR, both.replace("=150000", "=50000"))).contains("relationship of the prices");
        JsonNode jsonNode = orders(Endpoint.PAIR, both);
        assertThat(jsonNode.path("contingencyType").asString("")).isEqualTo("OCO");
        assertThat(jsonNode.path("listOrderStatus").asString("")).isEqualTo("EXECUTING");
        assertThat(jsonNode.path("orderReports").size()).isEqualTo(2);
        assertThat(balance("BTC")).isEqualTo("0.99000000 0.01000000");
        letFall(stop);
        assertThat(status("stop")).isEqualTo("FILLED");
        assertThat(status("take")).isEqualTo("EXPIRED");
        assertThat(balance("BTC")).isEqualTo("0.99000000 0.00000000");
        JsonNode list = account(Endpoint.LIST, "origClientOrderId=both");
        assertThat(list.path("listOrderStatus").asString("")).isEqualTo("ALL_DONE");
        assertThat(account(Endpoint.OPEN_LISTS, "").size()).isZero();
        OrderList orderList = this.broker.desk().lists(this.trader).getFirst();
        assertThat(orderList.event(1).path("l").asString("")).isEqualTo("ALL_DONE");
        assertThat(orderList.event(1).path("O").size()).isEqualTo(2);
    }

    @Test
    void takesBothOfTwoOrdersBack() {
        orders(Endpoint.PAIR, SELL + "&listClientOrderId=both&aboveType=LIMIT_MAKER&abovePrice=150000"
                + "&belowType=STOP_LOSS_LIMIT&belowTimeInForce=GTC&belowPrice=80000&belowStopPrice=80001");
        JsonNode ended = orders(Endpoint.CANCEL_LIST, "symbol=BTCUSDT&listClientOrderId=both");
        assertThat(ended.path("orderReports").values()).map((report) -> report.path("status").asString(""))
            .containsExactly("CANCELED", "CANCELED");
        assertThat(balance("BTC")).isEqualTo("1.00000000 0.00000000");
        assertThat(refusal(Endpoint.CANCEL_LIST, "symbol=BTCUSDT&listClientOrderId=both")).contains("-2011");
    }

    @Test
    void replacesOrders() {
        made(RESTING + "&newClientOrderId=rest");
        String next = RESTING.replace("50000", "51000") + "&cancelReplaceMode=STOP_ON_FAILURE";
        JsonNode done = orders(Endpoint.REPLACE, next + "&cancelOrigClientOrderId=rest&newClientOrderId=next");
        assertThat(done.path("cancelResult").asString("")).isEqualTo("SUCCESS");
        assertThat(done.path("newOrderResponse").path("clientOrderId").asString("")).isEqualTo("next");
        assertThat(status("rest")).isEqualTo("CANCELED");
        assertThat(refusal(Endpoint.REPLACE, next + "&cancelOrigClientOrderId=rest")).contains("-2022",
                "NOT_ATTEMPTED");
        assertThat(refusal(Endpoint.REPLACE,
                next.replace("STOP_ON", "ALLOW") + "&cancelOrigClientOrderId=rest&newClientOrderId=more"))
            .contains("-2021");
    }

    @Test
    void tellsOfTheAccountsFees() {
        JsonNode jsonNode = account(Endpoint.ACCOUNT, "");
        assertThat(jsonNode.propertyNames()).contains("makerCommission", "takerCommission", "buyerCommission",
                "sellerCommission", "updateTime", "brokered", "preventSor", "requireSelfTradePrevention");
        assertThat(jsonNode.path("commissionRates").propertyNames()).containsExactly("maker", "taker", "buyer",
                "seller");
    }

    @Test
    void answersOfTheMarketWhatTheBrokerDoes() {
        assertThat(market(Endpoint.DEPTH, "symbol=BTCUSDT&limit=5").path("bids").size()).isEqualTo(5);
        assertThat(market(Endpoint.DAY, "symbol=BTCUSDT").path("lastPrice").asString("")).matches("\\d+\\.\\d{8}");
        assertThat(market(Endpoint.DAY, "symbols=[\"SOLUSDT\",\"POLUSDT\"]&type=MINI").size()).isEqualTo(2);
        assertThat(market(Endpoint.BEST, "").size()).isEqualTo(Pair.ALL.size());
        assertThat(market(Endpoint.AVERAGE, "symbol=BTCUSDT").path("mins").asInt(0)).isEqualTo(5);
        JsonNode deals = market(Endpoint.DEALS, "symbol=BTCUSDT&fromId=1789999000&limit=3");
        assertThat(deals.values()).map((deal) -> deal.path("a").asLong(0))
            .containsExactly(1_789_999_000L, 1_789_999_001L, 1_789_999_002L);
        MarketStream stream = Objects.requireNonNull(MarketStream.named("btcusdt@ticker"));
        assertThat(this.broker.events().since(stream, 0).getFirst().path("e").asString("")).isEqualTo("24hrTicker");
    }

    @Test
    void hasCandlesOfDaysWeeksAndMonths() {
        JsonNode months = market(Endpoint.KLINES, "symbol=BTCUSDT&interval=1M&limit=3");
        assertThat(months.values()).map((month) -> Instant.ofEpochMilli(month.path(0).asLong(0)).toString())
            .containsExactly("2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", "2026-09-01T00:00:00Z");
        assertThat(months.path(0).path(6).asLong(0)).isEqualTo(months.path(1).path(0).asLong(0) - 1);
        JsonNode week = market(Endpoint.KLINES, "symbol=BTCUSDT&interval=1w&limit=1").path(0);
        assertThat(Instant.ofEpochMilli(week.path(0).asLong(0)).atZone(java.time.ZoneOffset.UTC).getDayOfWeek())
            .isEqualTo(java.time.DayOfWeek.MONDAY);
        assertThat(market(Endpoint.KLINES, "symbol=BTCUSDT&interval=3d&limit=2").size()).isEqualTo(2);
    }

    /** Lets time pass until the price is at or below another one. */
    private void letFall(BigDecimal to) {
        for (int second = 0; second < 200_000; second++) {
            this.millis.addAndGet(1000);
            if (this.broker.desk().price(pair("BTCUSDT")).compareTo(to) <= 0) {
                this.broker.desk().settle();
                return;
            }
        }
        throw new AssertionError("the price does not fall to " + to);
    }

    private static Pair pair(String symbol) {
        return Objects.requireNonNull(Pair.named(symbol));
    }

    private String status(String name) {
        return account(Endpoint.ORDER, "symbol=BTCUSDT&origClientOrderId=" + name).path("status").asString("");
    }

    private String balance(String asset) {
        List<String> found = account(Endpoint.ACCOUNT, "").path("balances")
            .valueStream()
            .filter((balance) -> balance.path("asset").asString("").equals(asset))
            .map((balance) -> balance.path("free").asString("") + " " + balance.path("locked").asString(""))
            .toList();
        return found.getFirst();
    }

    private JsonNode made(String parameters) {
        return orders(Endpoint.PLACE, parameters);
    }

    private JsonNode orders(Endpoint endpoint, String parameters) {
        return this.orders.answer(endpoint, this.trader, parameters(parameters));
    }

    private JsonNode account(Endpoint endpoint, String parameters) {
        return this.account.answer(endpoint, this.trader, parameters(parameters));
    }

    private JsonNode market(Endpoint endpoint, String parameters) {
        return this.broker.publicCalls().answer(endpoint, parameters(parameters));
    }

    private String refusal(Endpoint endpoint, String parameters) {
        ApiErrorException refusal = catchThrowableOfType(ApiErrorException.class, () -> orders(endpoint, parameters));
        assertThat(refusal).isNotNull();
        return refusal.json().toString();
    }

    private static Parameters parameters(String text) {
        Map<String, String> values = Arrays.stream(text.split("&", -1))
            .filter((part) -> !part.isEmpty())
            .map((part) -> part.split("=", 2))
            .collect(Collectors.toMap((part) -> part[0], (part) -> part[1]));
        return new Parameters(values);
    }

}
