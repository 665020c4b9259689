package pregao.session.broker.polarium;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.Direction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnresolvedOrders}.
 */
class UnresolvedOrdersTests {

    private static final InFlightOrder.Key KEY = new InFlightOrder.Key(Set.of(76), Direction.CALL);

    private static final UUID FIRST = UUID.randomUUID();

    private static final UUID SECOND = UUID.randomUUID();

    private final Set<Long> done = new HashSet<>();

    private final UnresolvedOrders orders = new UnresolvedOrders(this.done::contains);

    @Test
    void keepsWhatIsAlikeUntilTheOrderIsResolved() {
        assertThat(this.orders.add(KEY, FIRST)).isTrue();
        assertThat(this.orders.add(KEY, SECOND)).isFalse();
        assertThat(this.orders.add(new InFlightOrder.Key(Set.of(76), Direction.PUT), SECOND)).isTrue();
        this.orders.remove(KEY, SECOND);
        assertThat(this.orders.add(KEY, SECOND)).as("another one is resolved").isFalse();
        this.orders.remove(KEY, FIRST);
        assertThat(this.orders.add(KEY, SECOND)).isTrue();
    }

    @Test
    void keepsWhatIsAlikeUntilEveryCandidateIsDone() {
        this.orders.add(KEY, FIRST);
        assertThat(this.orders.narrow(KEY, SECOND, List.of(1L))).isFalse();
        assertThat(this.orders.narrow(KEY, FIRST, List.of(7L, 8L))).isTrue();
        assertThat(this.orders.narrow(KEY, FIRST, List.of(7L, 8L))).as("again").isFalse();
        this.done.add(7L);
        assertThat(this.orders.add(KEY, SECOND)).isFalse();
        this.done.add(8L);
        assertThat(this.orders.add(KEY, SECOND)).isTrue();
        this.orders.remove(KEY, FIRST);
        assertThat(this.orders.add(KEY, FIRST)).as("the second is unresolved now").isFalse();
    }

}
