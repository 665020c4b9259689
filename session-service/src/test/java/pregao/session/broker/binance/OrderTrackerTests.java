package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Fill;
import pregao.session.broker.api.PlaceOrderResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderTracker}, {@link OrderResponseMapper} and
 * {@link BinanceErrorMapper}.
 */
class OrderTrackerTests {

    private static final Fill FILL = Fill.of(7, new BigDecimal("3"), new BigDecimal("30"),
            Map.of("BTC", new BigDecimal("0.003")));

    private final OrderTracker tracker = new OrderTracker();

    @Test
    void tellsThatAnOrderRunsAndWhatCameOfIt() {
        assertThat(this.tracker.applyReport(created())).isEqualTo(new BrokerOrderState.Running(7));
        assertThat(this.tracker.applyReport(trade(1, "1", "1", "PARTIALLY_FILLED"))).isNull();
        assertThat(this.tracker.applyReport(trade(2, "2", "3", "FILLED")))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", FILL));
        assertThat(this.tracker.findFill("ours")).isEqualTo(FILL);
        assertThat(this.tracker.findUnresolved()).isEmpty();
    }

    @Test
    void wantsToAskWhereATradeWasMissed() {
        this.tracker.applyReport(created());
        assertThat(this.tracker.applyReport(trade(2, "2", "3", "FILLED"))).isNull();
        assertThat(this.tracker.findUnresolved())
            .containsExactly(new OrderTracker.TrackedOrder(7, "ours", "BTCUSDT", true));
        assertThat(this.tracker.recordFill("ours", "BTCUSDT", FILL))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", FILL));
        assertThat(this.tracker.recordFill("ours", "BTCUSDT", FILL)).isNull();
    }

    @Test
    void countsNothingTwiceHoweverOftenAndInWhichOrderItComes() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            OrderTracker randomTracker = new OrderTracker();
            List<JsonNode> reports = new ArrayList<>(List.of(created(), created(),
                    trade(1, "1", "1", "PARTIALLY_FILLED"), trade(1, "1", "1", "PARTIALLY_FILLED"),
                    trade(2, "2", "3", "FILLED"), trade(2, "2", "3", "FILLED")));
            Collections.shuffle(reports, random);
            List<BrokerOrderState> updates = new ArrayList<>();
            for (JsonNode report : reports) {
                BrokerOrderState update = randomTracker.applyReport(report);
                if (update != null) {
                    updates.add(update);
                }
            }
            assertThat(updates.stream().filter((state) -> state instanceof BrokerOrderState.Running))
                .as("seed %d", seed)
                .hasSizeLessThanOrEqualTo(1);
            assertThat(updates.getLast()).as("seed %d", seed).isEqualTo(new BrokerOrderState.Filled("BTCUSDT", FILL));
            assertThat(updates.stream().filter((state) -> state instanceof BrokerOrderState.Filled)).hasSize(1);
        }
    }

    @Test
    void takesAnotherOrderWithTheNumberOfOneBeforeAReset() {
        this.tracker.recordFill("ours", "BTCUSDT", FILL);
        assertThat(this.tracker.recordFill("next", "BTCUSDT", FILL))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", FILL));
    }

    @Test
    void findsACancelledOrderByItsOwnName() {
        this.tracker.applyReport(created());
        JsonNode cancel = JsonTrees.parse("""
                {"e":"executionReport","s":"BTCUSDT","c":"cancel","C":"ours","x":"CANCELED","X":"CANCELED","i":7,
                 "z":"0.0","Z":"0.0","t":-1}""");
        assertThat(this.tracker.applyReport(cancel)).isEqualTo(new BrokerOrderState.Filled("BTCUSDT",
                Fill.of(7, new BigDecimal("0.0"), new BigDecimal("0.0"), Map.of())));
        assertThat(this.tracker.findUnresolved()).isEmpty();
    }

    @Test
    void keepsTheFeesOfAllAssets() {
        JsonNode order = JsonTrees.parse("""
                {"orderId":1,"symbol":"BTCUSDT","executedQty":"3","cummulativeQuoteQty":"30"}""");
        JsonNode trades = JsonTrees.parse("""
                [{"commission":"0.1","commissionAsset":"BNB"},{"commission":"0.002","commissionAsset":"BTC"},
                 {"commission":"0.2","commissionAsset":"BNB"},{"commission":"0","commissionAsset":"USDT"}]""");
        assertThat(OrderResponseMapper.toFill(order, trades).fees())
            .containsExactly(new Fill.Fee("BNB", new BigDecimal("0.3")), new Fill.Fee("BTC", new BigDecimal("0.002")));
    }

    @Test
    void understandsTheBrokersRefusals() {
        assertThat(reasonOf(-2010, "Account has insufficient balance for requested action."))
            .isEqualTo(PlaceOrderResult.RejectReason.NO_FUNDS);
        assertThat(reasonOf(-2010, "Market is closed.")).isEqualTo(PlaceOrderResult.RejectReason.CLOSED);
        assertThat(reasonOf(-2010, "This symbol is not permitted for this account."))
            .isEqualTo(PlaceOrderResult.RejectReason.NOT_TRADED);
        assertThat(reasonOf(-1013, "Filter failure: NOTIONAL")).isEqualTo(PlaceOrderResult.RejectReason.INVALID);
        assertThat(reasonOf(-1102, "Mandatory parameter 'x' was not sent."))
            .isEqualTo(PlaceOrderResult.RejectReason.INVALID);
        assertThat(reasonOf(-1121, "Invalid symbol.")).isEqualTo(PlaceOrderResult.RejectReason.NOT_TRADED);
        assertThat(reasonOf(-2010, "This action is disabled on this account."))
            .isEqualTo(PlaceOrderResult.RejectReason.REJECTED);
        assertThat(OrderResponseMapper.isDuplicate(failure(-2010, "Duplicate order sent."))).isTrue();
    }

    @Test
    void knowsWhatWasRefusedFromWhatNobodyKnows() {
        assertThat(kindOf(400, "{\"code\":-1013,\"msg\":\"no\"}")).isEqualTo(BrokerException.Kind.REFUSED);
        assertThat(kindOf(400, "{\"code\":-1007,\"msg\":\"?\"}")).isEqualTo(BrokerException.Kind.TIMED_OUT);
        assertThat(kindOf(503, "<html>")).isEqualTo(BrokerException.Kind.TIMED_OUT);
        assertThat(kindOf(200, "<html>")).isEqualTo(BrokerException.Kind.LOST);
        assertThat(kindOf(404, "<html>")).isEqualTo(BrokerException.Kind.LOST);
        assertThat(kindOf(403, "<html>")).isEqualTo(BrokerException.Kind.REFUSED);
        assertThat(BinanceErrorMapper.requireSuccess(200, JsonTrees.parse("{\"a\":1}")).path("a").asInt(0))
            .isEqualTo(1);
        assertThat(BinanceErrorMapper.parseRetryAfterMillis("7")).isEqualTo(7000);
        assertThat(BinanceErrorMapper.parseRetryAfterMillis(null)).isEqualTo(60_000);
        assertThat(BinanceErrorMapper.parseRetryAfterMillis("soon")).isEqualTo(60_000);
        assertThat(BinanceErrorMapper.parseRetryAfterMillis("99999999999999"))
            .isEqualTo(BinanceErrorMapper.MAX_RETRY_AFTER_MILLIS);
    }

    private static BrokerException.Kind kindOf(int status, String body) {
        try {
            BinanceErrorMapper.requireSuccess(status, JsonTrees.parse(body));
        }
        catch (BrokerException failure) {
            return failure.kind();
        }
        throw new AssertionError("expected a failure");
    }

    private static PlaceOrderResult.RejectReason reasonOf(int status, String message) {
        PlaceOrderResult.Refused refused = (PlaceOrderResult.Refused) OrderResponseMapper
            .toRefused(failure(status, message));
        return refused.why();
    }

    private static BrokerException failure(int status, String message) {
        return new BrokerException(BrokerException.Kind.REFUSED, status, message);
    }

    private static JsonNode created() {
        return JsonTrees
            .parse("""
                    {"e":"executionReport","s":"BTCUSDT","c":"ours","C":"","x":"NEW","X":"NEW","i":7,"l":"0","z":"0","n":"0",
                     "N":null,"t":-1,"Z":"0"}""");
    }

    private static JsonNode trade(long id, String quantity, String executedQuantity, String status) {
        return JsonTrees.parse("""
                {"e":"executionReport","s":"BTCUSDT","c":"ours","C":"","x":"TRADE","X":"%s","i":7,"l":"%s","z":"%s",
                 "n":"0.00%s","N":"BTC","t":%d,"Z":"%s0"}""".formatted(status, quantity, executedQuantity, quantity, id,
                executedQuantity));
    }

}
