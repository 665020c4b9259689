package pregao.session.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.Fill;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderBook}, {@link OrderReplies} and {@link Answers}.
 */
class OrderBookTests {

    private static final Fill ALL = Fill.of(7, new BigDecimal("3"), new BigDecimal("30"),
            Map.of("BTC", new BigDecimal("0.003")));

    private final OrderBook book = new OrderBook();

    @Test
    void tellsThatAnOrderRunsAndWhatCameOfIt() {
        assertThat(this.book.take(created())).isEqualTo(new OrderState.Running(7));
        assertThat(this.book.take(trade(1, "1", "1", "PARTIALLY_FILLED"))).isNull();
        assertThat(this.book.take(trade(2, "2", "3", "FILLED"))).isEqualTo(new OrderState.Filled("BTCUSDT", ALL));
        assertThat(this.book.fill("ours")).isEqualTo(ALL);
        assertThat(this.book.open()).isEmpty();
    }

    @Test
    void wantsToAskWhereATradeWasMissed() {
        this.book.take(created());
        assertThat(this.book.take(trade(2, "2", "3", "FILLED"))).isNull();
        assertThat(this.book.open()).containsExactly(new OrderBook.Open(7, "ours", "BTCUSDT", true));
        assertThat(this.book.settle("ours", "BTCUSDT", ALL)).isEqualTo(new OrderState.Filled("BTCUSDT", ALL));
        assertThat(this.book.settle("ours", "BTCUSDT", ALL)).isNull();
    }

    @Test
    void countsNothingTwiceHoweverOftenAndInWhichOrderItComes() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            OrderBook any = new OrderBook();
            List<JsonNode> reports = new ArrayList<>(List.of(created(), created(),
                    trade(1, "1", "1", "PARTIALLY_FILLED"), trade(1, "1", "1", "PARTIALLY_FILLED"),
                    trade(2, "2", "3", "FILLED"), trade(2, "2", "3", "FILLED")));
            Collections.shuffle(reports, random);
            List<OrderState> told = new ArrayList<>();
            for (JsonNode report : reports) {
                OrderState news = any.take(report);
                if (news != null) {
                    told.add(news);
                }
            }
            assertThat(told.stream().filter((state) -> state instanceof OrderState.Running)).as("seed %d", seed)
                .hasSizeLessThanOrEqualTo(1);
            assertThat(told.getLast()).as("seed %d", seed).isEqualTo(new OrderState.Filled("BTCUSDT", ALL));
            assertThat(told.stream().filter((state) -> state instanceof OrderState.Filled)).hasSize(1);
        }
    }

    @Test
    void takesAnotherOrderWithTheNumberOfOneBeforeAReset() {
        this.book.settle("ours", "BTCUSDT", ALL);
        assertThat(this.book.settle("next", "BTCUSDT", ALL)).isEqualTo(new OrderState.Filled("BTCUSDT", ALL));
    }

    @Test
    void findsACancelledOrderByItsOwnName() {
        this.book.take(created());
        JsonNode cancel = Json.read("""
                {"e":"executionReport","s":"BTCUSDT","c":"cancel","C":"ours","x":"CANCELED","X":"CANCELED","i":7,
                 "z":"0.0","Z":"0.0","t":-1}""");
        assertThat(this.book.take(cancel)).isEqualTo(
                new OrderState.Filled("BTCUSDT", Fill.of(7, new BigDecimal("0.0"), new BigDecimal("0.0"), Map.of())));
        assertThat(this.book.open()).isEmpty();
    }

    @Test
    void keepsTheFeesOfAllAssets() {
        JsonNode order = Json.read("""
                {"orderId":1,"symbol":"BTCUSDT","executedQty":"3","cummulativeQuoteQty":"30"}""");
        JsonNode trades = Json.read("""
                [{"commission":"0.1","commissionAsset":"BNB"},{"commission":"0.002","commissionAsset":"BTC"},
                 {"commission":"0.2","commissionAsset":"BNB"},{"commission":"0","commissionAsset":"USDT"}]""");
        assertThat(OrderReplies.fill(order, trades).fees()).containsExactly(new Fill.Fee("BNB", new BigDecimal("0.3")),
                new Fill.Fee("BTC", new BigDecimal("0.002")));
    }

    @Test
    void understandsTheBrokersRefusals() {
        assertThat(why(-2010, "Account has insufficient balance for requested action."))
            .isEqualTo(Placement.Why.NO_FUNDS);
        assertThat(why(-2010, "Market is closed.")).isEqualTo(Placement.Why.CLOSED);
        assertThat(why(-2010, "This symbol is not permitted for this account.")).isEqualTo(Placement.Why.NOT_TRADED);
        assertThat(why(-1013, "Filter failure: NOTIONAL")).isEqualTo(Placement.Why.INVALID);
        assertThat(why(-1102, "Mandatory parameter 'x' was not sent.")).isEqualTo(Placement.Why.INVALID);
        assertThat(why(-1121, "Invalid symbol.")).isEqualTo(Placement.Why.NOT_TRADED);
        assertThat(why(-2010, "This action is disabled on this account.")).isEqualTo(Placement.Why.REJECTED);
        assertThat(OrderReplies.isThereAlready(failure(-2010, "Duplicate order sent."))).isTrue();
    }

    @Test
    void knowsWhatWasRefusedFromWhatNobodyKnows() {
        assertThat(kind(400, "{\"code\":-1013,\"msg\":\"no\"}")).isEqualTo(BrokerFailure.Kind.REFUSED);
        assertThat(kind(400, "{\"code\":-1007,\"msg\":\"?\"}")).isEqualTo(BrokerFailure.Kind.TIMED_OUT);
        assertThat(kind(503, "<html>")).isEqualTo(BrokerFailure.Kind.TIMED_OUT);
        assertThat(kind(200, "<html>")).isEqualTo(BrokerFailure.Kind.LOST);
        assertThat(kind(404, "<html>")).isEqualTo(BrokerFailure.Kind.LOST);
        assertThat(kind(403, "<html>")).isEqualTo(BrokerFailure.Kind.REFUSED);
        assertThat(Answers.judged(200, Json.read("{\"a\":1}")).path("a").asInt(0)).isEqualTo(1);
        assertThat(Answers.retryAfter("7")).isEqualTo(7000);
        assertThat(Answers.retryAfter(null)).isEqualTo(60_000);
        assertThat(Answers.retryAfter("soon")).isEqualTo(60_000);
        assertThat(Answers.retryAfter("99999999999999")).isEqualTo(Answers.LONGEST_STOP);
    }

    private static BrokerFailure.Kind kind(int status, String body) {
        try {
            Answers.judged(status, Json.read(body));
        }
        catch (BrokerFailure failure) {
            return failure.kind();
        }
        throw new AssertionError("expected a failure");
    }

    private static Placement.Why why(int status, String text) {
        Placement.Refused refused = (Placement.Refused) OrderReplies.refused(failure(status, text));
        return refused.why();
    }

    private static BrokerFailure failure(int status, String text) {
        return new BrokerFailure(BrokerFailure.Kind.REFUSED, status, text);
    }

    private static JsonNode created() {
        return Json
            .read("""
                    {"e":"executionReport","s":"BTCUSDT","c":"ours","C":"","x":"NEW","X":"NEW","i":7,"l":"0","z":"0","n":"0",
                     "N":null,"t":-1,"Z":"0"}""");
    }

    private static JsonNode trade(long id, String quantity, String all, String status) {
        return Json.read("""
                {"e":"executionReport","s":"BTCUSDT","c":"ours","C":"","x":"TRADE","X":"%s","i":7,"l":"%s","z":"%s",
                 "n":"0.00%s","N":"BTC","t":%d,"Z":"%s0"}""".formatted(status, quantity, all, quantity, id, all));
    }

}
