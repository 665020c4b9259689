package pregao.contracts.order;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link OrderStatus}: every pair of states, by the table of the design.
 */
class OrderStatusTests {

    private static final String TERMINAL = " filled settled cancelled refunded rejected expired";

    @ParameterizedTest
    @CsvSource({ "new, sent working unknown not_found", "sent, working partially_filled unknown not_found",
            "working, partially_filled pending_cancel unknown", "partially_filled, pending_cancel unknown",
            "pending_cancel, partially_filled unknown",
            "unknown, sent working partially_filled pending_cancel unknown not_found" })
    void goesWhereTheTableSays(String from, String next) {
        assertThat(nextOf(OrderStatus.of(from))).containsExactlyInAnyOrder((next + TERMINAL).split(" "));
    }

    @ParameterizedTest
    @EnumSource(names = { "FILLED", "SETTLED", "CANCELLED", "REFUNDED", "REJECTED", "EXPIRED", "NOT_FOUND" })
    void endsInTerminalStates(OrderStatus terminal) {
        assertThat(terminal.isTerminal()).isTrue();
        assertThat(nextOf(terminal)).isEmpty();
    }

    @Test
    void hasNoOtherStates() {
        assertThat(OrderStatus.values()).hasSize(13);
        assertThat(Arrays.stream(OrderStatus.values()).filter(OrderStatus::isTerminal)).hasSize(7);
        assertThatIllegalArgumentException().isThrownBy(() -> OrderStatus.of("placed"));
    }

    private static String[] nextOf(OrderStatus from) {
        return Arrays.stream(OrderStatus.values())
            .filter(from::canBecome)
            .map(OrderStatus::text)
            .toArray(String[]::new);
    }

}
