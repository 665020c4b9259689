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
        assertThat(this.orders.tryAdd(KEY, FIRST)).isTrue();
        assertThat(this.orders.tryAdd(KEY, SECOND)).isFalse();
        assertThat(this.orders.tryAdd(new InFlightOrder.Key(Set.of(76), Direction.PUT), SECOND)).isTrue();
        this.orders.remove(KEY, SECOND);
        assertThat(this.orders.tryAdd(KEY, SECOND)).as("another one is resolved").isFalse();
        this.orders.remove(KEY, FIRST);
        assertThat(this.orders.tryAdd(KEY, SECOND)).isTrue();
    }

    @Test
    void keepsWhatIsAlikeUntilEveryCandidateIsDone() {
        this.orders.tryAdd(KEY, FIRST);
        assertThat(this.orders.recordCandidates(KEY, SECOND, List.of(1L))).isFalse();
        assertThat(this.orders.recordCandidates(KEY, FIRST, List.of(7L, 8L))).isTrue();
        assertThat(this.orders.recordCandidates(KEY, FIRST, List.of(7L, 8L))).as("again").isFalse();
        this.done.add(7L);
        assertThat(this.orders.tryAdd(KEY, SECOND)).isFalse();
        this.done.add(8L);
        assertThat(this.orders.tryAdd(KEY, SECOND)).isTrue();
        this.orders.remove(KEY, FIRST);
        assertThat(this.orders.tryAdd(KEY, FIRST)).as("the second is unresolved now").isFalse();
    }

}
