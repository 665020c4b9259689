package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Direction;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.TradingMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PositionTracker} and {@link InFlightOrder}.
 */
class PositionTrackerTests {

    private static final long SENT = 1_800_000_002_000L;

    private static final InFlightOrder ORDER = new InFlightOrder(
            new OptionOrder(UUID.randomUUID(), TradingMode.DEMO, "EURUSD-OTC", Direction.CALL, new BigDecimal("10"),
                    Duration.ofMinutes(1), 87, Instant.ofEpochMilli(SENT), Instant.ofEpochMilli(SENT + 3000)),
            Set.of(76), new Expiry(OptionType.TURBO, 1_800_000_060, 0), 87, SENT, Set.of(5L));

    private final PositionTracker tracker = new PositionTracker();

    @Test
    void takesANewerVersionOnly() {
        assertThat(this.tracker.update(position(7, 1, ""))).isTrue();
        assertThat(this.tracker.update(position(7, 2, "win"))).isTrue();
        assertThat(this.tracker.update(position(7, 1, ""))).isFalse();
        assertThat(this.tracker.update(position(7, 2, "win"))).isFalse();
        assertThat(this.tracker.unsettled()).isEmpty();
    }

    @Test
    void readsEachEndAndWhatItBrings() {
        assertThat(position(7, 2, "win").toOrderState(7))
            .isEqualTo(new BrokerOrderState.Settled(7, BrokerOrderState.Result.WIN, new BigDecimal("8.7")));
        assertThat(position(7, 2, "loose").toOrderState(7))
            .isEqualTo(new BrokerOrderState.Settled(7, BrokerOrderState.Result.LOSS, new BigDecimal("-10")));
        assertThat(position(7, 2, "equal").toOrderState(7))
            .isEqualTo(new BrokerOrderState.Settled(7, BrokerOrderState.Result.EQUAL, BigDecimal.ZERO));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            canceled | "close_profit":10,"pnl_realized":0    | EQUAL | 0
            expired  | "pnl_realized":8.7,"close_profit":0   | WIN   | 8.7
            default  | "pnl_realized":null,"pnl":-10         | LOSS  | -10
            canceled | "close_profit":4                      | LOSS  | -6
            win      | "pnl":8.7,"close_profit":0            | WIN   | 8.7
            win      | "pnl_realized":8.5,"pnl":8.7          | WIN   | 8.5
            loose    | "close_profit":0,"pnl":-9             | LOSS  | -9
            loose    | "volume":0                            | LOSS  | -10
            equal    | "volume":0                            | EQUAL | 0
            sold     | "pnl_realized":-3.5,"sell_profit":20  | SOLD  | -3.5
            sold     | "close_profit":6.5                    | SOLD  | -3.5
            sold     | "sell_profit":6.5                     | SOLD  | -3.5
            """)
    void takesTheProfitFromTheBrokersFieldsAndTheReasonForALabel(String reason, String fields,
            BrokerOrderState.Result result, BigDecimal profit) {
        assertThat(closed(reason, fields).toOrderState(7)).isInstanceOfSatisfying(BrokerOrderState.Settled.class,
                (settled) -> {
                    assertThat(settled.brokerId()).isEqualTo(7);
                    assertThat(settled.result()).isEqualTo(result);
                    assertThat(settled.profit()).isEqualByComparingTo(profit);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = { "canceled", "expired", "default", "win", "sold", "" })
    void knowsNoProfitWhereTheBrokerTellsNone(String reason) {
        assertThat(closed(reason, "\"pnl\":null").toOrderState(7)).isEqualTo(new BrokerOrderState.Unknown());
    }

    @Test
    void takesTheProfitThatComesAfterTheEnd() {
        assertThat(this.tracker.update(closed("canceled", "\"pnl\":null"))).isTrue();
        assertThat(this.tracker.unsettled()).hasSize(1);
        assertThat(this.tracker.update(closed("canceled", "\"pnl\":0"))).isTrue();
        assertThat(this.tracker.unsettled()).isEmpty();
        assertThat(this.tracker.update(closed("canceled", "\"pnl\":null"))).isFalse();
    }

    @Test
    void takesALaterOptionUnderAUsedNumberForAnotherOne() {
        long later = SENT + 60_000;
        this.tracker.update(position(7, 2, "win"));
        assertThat(this.tracker.update(position("call", 76, 10, later, 7, 1, ""))).isTrue();
        assertThat(this.tracker.unsettled()).hasSize(1);
        assertThat(this.tracker.update(position(7, 3, "win"))).as("the earlier one's").isFalse();
        assertThat(this.tracker.unsettled()).hasSize(1);
        assertThat(this.tracker.update(position("call", 76, 10, later, 7, 2, "loose"))).isTrue();
        assertThat(this.tracker.unsettled()).isEmpty();
    }

    @Test
    void knowsAnOptionByTheOrdersThatMadeItAndThenByItsOwnNumber() {
        this.tracker.update(made(7, "[70,71]"));
        this.tracker.update(made(8, "[7]"));
        this.tracker.update(made(9, "[]"));
        assertThat(List.of(70L, 71L, 7L, 8L, 9L)).extracting((number) -> number(this.tracker.findByNumber(number)))
            .containsExactly(7L, 7L, 8L, 8L, 9L);
        assertThat(this.tracker.findByNumber(72)).isNull();
        assertThat(made(7, "[70]").toOrderState(70)).isEqualTo(new BrokerOrderState.Running(70));
        this.tracker.remove(7);
        assertThat(this.tracker.findByNumber(70)).isNull();
    }

    @Test
    void takesNoOptionThatAnotherOrderMade() {
        Position position = made(7, "[70]");
        assertThat(among(position)).hasSize(1);
        assertThat(ORDER.findCandidates(List.of(position), Set.of(70L))).isEmpty();
        assertThat(ORDER.findCandidates(List.of(position), Set.of(7L))).isEmpty();
    }

    @Test
    void findsAnOrderByWhatItIsAndWhenItWasSold() {
        assertThat(among(position(7, 1, ""))).hasSize(1);
        assertThat(among(position(7, 1, ""), position(8, 2, "win"))).hasSize(2);
        assertThat(among(position(5, 1, ""))).as("was there before").isEmpty();
        assertThat(ORDER.findCandidates(List.of(position(7, 1, "")), Set.of(7L))).as("is another's").isEmpty();
        assertThat(among(of("put", 76, 10, SENT))).isEmpty();
        assertThat(among(of("call", 77, 10, SENT))).isEmpty();
        assertThat(among(of("call", 76, 11, SENT))).isEmpty();
        assertThat(among(of("call", 76, 10, SENT - 60_000))).isEmpty();
        assertThat(among(of("call", 76, 10, SENT + 60_000))).isEmpty();
    }

    @Test
    void isNotOverBeforeItCannotArriveAnyMore() {
        assertThat(ORDER.canNoLongerArrive(SENT + 3000 + 5000)).isFalse();
        assertThat(ORDER.canNoLongerArrive(SENT + 3000 + 5001)).isTrue();
    }

    @Test
    void takesAnEndWhateverItsVersion() {
        assertThat(this.tracker.update(position(7, 3, ""))).isTrue();
        assertThat(this.tracker.update(told("closed", "\"close_reason\":\"win\",\"close_profit\":18.7"))).isTrue();
        assertThat(this.tracker.unsettled()).isEmpty();
        assertThat(this.tracker.update(position(7, 9, ""))).as("an end is not taken back").isFalse();
        assertThat(this.tracker.unsettled()).isEmpty();
    }

    @Test
    void takesNoOptionForRunningOnceItHasEndedInWhateverWay() {
        assertThat(this.tracker.update(told("closed", "\"close_reason\":\"canceled\""))).isTrue();
        assertThat(this.tracker.update(position(7, 9, ""))).isFalse();
        assertThat(this.tracker.unsettled()).singleElement()
            .satisfies((position) -> assertThat(position.closed()).isTrue());
    }

    private static List<Position> among(Position... positions) {
        return ORDER.findCandidates(List.of(positions), Set.of());
    }

    private static Position position(long id, int version, String reason) {
        return position("call", 76, 10, SENT + 100, id, version, reason);
    }

    private static Position of(String direction, int active, int stake, long sold) {
        return position(direction, active, stake, sold, 7, 1, "");
    }

    private static Position position(String direction, int active, int stake, long sold, long id, int version,
            String reason) {
        String back = switch (reason) {
            case "win" -> "18.7";
            case "equal" -> "10";
            default -> "0";
        };
        return Position.of(JsonTrees.parse("""
                {"id":"x","external_id":%d,"active_id":%d,"status":"%s","version":%d,"invest":%d,"open_time":%d,
                 "close_reason":"%s","close_profit":%s,
                 "raw_event":{"binary_options_option_changed1":{"direction":"%s","expiration_time":1800000060}}}"""
            .formatted(id, active, reason.isEmpty() ? "open" : "closed", version, stake, sold, reason, back,
                    direction)));
    }

    private static long number(@Nullable Position position) {
        return (position != null) ? position.id() : 0;
    }

    private static Position made(long id, String orders) {
        return Position.of(JsonTrees.parse("""
                {"external_id":%d,"active_id":76,"status":"open","version":1,"invest":10,"open_time":%d,
                 "raw_event":{"binary_options_option_changed1":{"order_ids":%s}}}""".formatted(id, SENT + 100,
                orders)));
    }

    /** Creates a position as the broker's history has it: without a version. */
    private static Position told(String status, String fields) {
        return Position.of(JsonTrees.parse("""
                {"external_id":7,"active_id":76,"status":"%s","invest":10,%s}""".formatted(status, fields)));
    }

    private static Position closed(String reason, String fields) {
        return Position.of(JsonTrees.parse("""
                {"external_id":7,"active_id":76,"status":"closed","version":2,"invest":10,"close_reason":"%s",%s}"""
            .formatted(reason, fields)));
    }

}
