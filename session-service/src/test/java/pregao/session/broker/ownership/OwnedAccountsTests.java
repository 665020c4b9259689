package pregao.session.broker.ownership;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnedAccountsTests {

    private static final long SECOND = 1_000_000_000L;

    /** A clock that only goes on may be below 0. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private static final UUID ACCOUNT = UUID.randomUUID();

    private final OwnedAccounts holdings = new OwnedAccounts(Duration.ofSeconds(3), START);

    @Test
    void speaksForNothingBeforeTheFirstBeat() {
        this.holdings.recordClaim(ACCOUNT, 1, START);
        assertThat(speaks(1, 0)).isFalse();
        beat(0, Map.of(ACCOUNT, 1L));
        assertThat(speaks(1, 0)).isTrue();
    }

    @Test
    void fenceFallsThreeSecondsAfterTheLastBeatWasSentWheneverItWasAnswered() {
        beat(0, Map.of(ACCOUNT, 1L));
        assertThat(speaks(1, 3 * SECOND - 1)).isTrue();
        assertThat(speaks(1, 3 * SECOND)).isFalse();
        beat(SECOND, Map.of(ACCOUNT, 1L));
        assertThat(speaks(1, 4 * SECOND - 1)).isTrue();
        assertThat(speaks(1, 4 * SECOND)).isFalse();
    }

    @Test
    void replicaThatStoodStillAndBeatsAgainSpeaksForNothingThatOthersTook() {
        beat(0, Map.of(ACCOUNT, 1L));
        assertThat(speaks(1, 20 * SECOND)).isFalse();
        OwnershipChange change = beat(20 * SECOND, Map.of());
        assertThat(change.lost()).containsExactly(ACCOUNT);
        assertThat(speaks(1, 20 * SECOND)).isFalse();
    }

    @Test
    void anotherEpochIsAnotherOwnershipEvenOfTheSameReplica() {
        beat(0, Map.of(ACCOUNT, 1L));
        OwnershipChange change = beat(SECOND, Map.of(ACCOUNT, 3L));
        assertThat(change.lost()).containsExactly(ACCOUNT);
        assertThat(change.gained()).isEqualTo(Map.of(ACCOUNT, 3L));
        assertThat(speaks(1, SECOND)).isFalse();
        assertThat(speaks(3, SECOND)).isTrue();
    }

    @Test
    void whatIsClaimedWhileABeatIsUnderWayIsNotLostToIt() {
        beat(0, Map.of());
        this.holdings.recordClaim(ACCOUNT, 1, START + SECOND + 5);
        assertThat(beat(SECOND, Map.of())).isEqualTo(new OwnershipChange(Set.of(), Map.of()));
        assertThat(speaks(1, SECOND + 6)).isTrue();
        assertThat(beat(2 * SECOND, Map.of()).lost()).containsExactly(ACCOUNT);
    }

    @Test
    void claimWhoseAnswerWasLostIsFoundByTheNextBeat() {
        assertThat(beat(0, Map.of(ACCOUNT, 7L)).gained()).isEqualTo(Map.of(ACCOUNT, 7L));
        assertThat(beat(SECOND, Map.of(ACCOUNT, 7L)).gained()).isEmpty();
    }

    @Test
    void whatWasDroppedIsNotTakenAgainWhileTheDatabaseDoesNotKnow() {
        beat(0, Map.of(ACCOUNT, 1L));
        this.holdings.release(ACCOUNT);
        assertThat(speaks(1, 1)).isFalse();
        assertThat(beat(SECOND, Map.of(ACCOUNT, 1L))).isEqualTo(new OwnershipChange(Set.of(), Map.of()));
        assertThat(speaks(1, SECOND)).isFalse();
        beat(2 * SECOND, Map.of());
        assertThat(beat(3 * SECOND, Map.of(ACCOUNT, 3L)).gained()).isEqualTo(Map.of(ACCOUNT, 3L));
    }

    @Test
    void replicaThatEndsTakesNothingMore() {
        beat(0, Map.of(ACCOUNT, 1L));
        this.holdings.close();
        assertThat(speaks(1, 1)).isFalse();
        assertThat(this.holdings.recordClaim(ACCOUNT, 2, START + 2)).isFalse();
        assertThat(beat(SECOND, Map.of(ACCOUNT, 1L)).gained()).isEmpty();
        assertThat(this.holdings.isHeld(ACCOUNT, 1)).isFalse();
    }

    private OwnershipChange beat(long after, Map<UUID, Long> owned) {
        return this.holdings.applyHeartbeat(START + after, owned);
    }

    private boolean speaks(long epoch, long after) {
        return this.holdings.isOwner(ACCOUNT, epoch, START + after);
    }

}
