package pregao.session.broker.execution;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;
import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PlaceOrderRequest}.
 */
class PlaceOrderRequestTests {

    private static final JsonMapper JSON = JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build();

    private static final UUID ID = new UUID(1, 2);

    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void whatIsKeptOfAnOrderIsTheOrder() {
        BigDecimal one = BigDecimal.ONE;
        BigDecimal two = BigDecimal.TWO;
        for (BrokerOrder order : List.of(
                new SpotOrder(ID, TradingMode.DEMO, "BTCUSDT", Side.BUY, one, two, THEN, THEN.plusSeconds(5)),
                new SpotOrder(ID, TradingMode.DEMO, "BTCUSDT", Side.SELL, one, null, new UUID(3, 4), THEN,
                        THEN.plusSeconds(5)),
                new ProtectiveOrder(ID, TradingMode.DEMO, "BTCUSDT", one, two, one, BigDecimal.TEN, THEN,
                        THEN.plusSeconds(5)),
                new ProtectiveOrder(ID, TradingMode.DEMO, "BTCUSDT", one, null, null, BigDecimal.TEN, THEN,
                        THEN.plusSeconds(5)))) {
            String kept = JSON.writeValueAsString(PlaceOrderRequest.of(order));
            assertThat(JSON.readValue(kept, PlaceOrderRequest.class).order(ID)).as(kept).isEqualTo(order);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"side\":\"buy\",\"limit\":1,\"stop\":2", "\"side\":\"sell\",\"stop\":2",
            "\"side\":\"sell\",\"take\":2,\"limit\":1", "\"side\":\"sell\",\"limit\":1,\"stop\":-2",
            "\"side\":\"buy\",\"after\":\"00000000-0000-0001-0000-000000000002\"",
            "\"side\":\"sell\",\"take\":2,\"after\":\"00000000-0000-0001-0000-000000000002\"" })
    void whatMakesNoSenseIsRefused(String part) {
        PlaceOrderRequest wish = JSON.readValue("""
                {"money":"demo","decided_at":"2026-01-31T12:00:00Z","valid_until":"2026-01-31T12:00:05Z",
                 "spot":{"symbol":"BTCUSDT","quantity":1,%s}}""".formatted(part), PlaceOrderRequest.class);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> wish.order(ID));
    }

}
