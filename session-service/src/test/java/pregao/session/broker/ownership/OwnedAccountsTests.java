package pregao.session.broker.ownership;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnedAccountsTests {

    private static final long SECOND = 1_000_000_000L;

    /** Close to overflow, because a monotonic clock may have any value. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private static final UUID ACCOUNT = UUID.randomUUID();

    private final OwnedAccounts ownedAccounts = new OwnedAccounts(Duration.ofSeconds(3), START);

    @Test
    void speaksForNothingBeforeTheFirstBeat() {
        this.ownedAccounts.recordClaim(ACCOUNT, 1, START);
        assertThat(isOwner(1, 0)).isFalse();
        heartbeat(0, Map.of(ACCOUNT, 1L));
        assertThat(isOwner(1, 0)).isTrue();
    }

    @Test
    void fenceFallsThreeSecondsAfterTheLastBeatWasSentWheneverItWasAnswered() {
        heartbeat(0, Map.of(ACCOUNT, 1L));
        assertThat(isOwner(1, 3 * SECOND - 1)).isTrue();
        assertThat(isOwner(1, 3 * SECOND)).isFalse();
        heartbeat(SECOND, Map.of(ACCOUNT, 1L));
        assertThat(isOwner(1, 4 * SECOND - 1)).isTrue();
        assertThat(isOwner(1, 4 * SECOND)).isFalse();
    }

    @Test
    void replicaThatStoodStillAndBeatsAgainSpeaksForNothingThatOthersTook() {
        heartbeat(0, Map.of(ACCOUNT, 1L));
        assertThat(isOwner(1, 20 * SECOND)).isFalse();
        OwnershipChange change = heartbeat(20 * SECOND, Map.of());
        assertThat(change.lost()).containsExactly(ACCOUNT);
        assertThat(isOwner(1, 20 * SECOND)).isFalse();
    }

    @Test
    void anotherEpochIsAnotherOwnershipEvenOfTheSameReplica() {
        heartbeat(0, Map.of(ACCOUNT, 1L));
        OwnershipChange change = heartbeat(SECOND, Map.of(ACCOUNT, 3L));
        assertThat(change.lost()).containsExactly(ACCOUNT);
        assertThat(change.gained()).isEqualTo(Map.of(ACCOUNT, 3L));
        assertThat(isOwner(1, SECOND)).isFalse();
        assertThat(isOwner(3, SECOND)).isTrue();
    }

    @Test
    void whatIsClaimedWhileABeatIsUnderWayIsNotLostToIt() {
        heartbeat(0, Map.of());
        this.ownedAccounts.recordClaim(ACCOUNT, 1, START + SECOND + 5);
        assertThat(heartbeat(SECOND, Map.of())).isEqualTo(new OwnershipChange(Set.of(), Map.of()));
        assertThat(isOwner(1, SECOND + 6)).isTrue();
        assertThat(heartbeat(2 * SECOND, Map.of()).lost()).containsExactly(ACCOUNT);
    }

    @Test
    void claimWhoseAnswerWasLostIsFoundByTheNextBeat() {
        assertThat(heartbeat(0, Map.of(ACCOUNT, 7L)).gained()).isEqualTo(Map.of(ACCOUNT, 7L));
        assertThat(heartbeat(SECOND, Map.of(ACCOUNT, 7L)).gained()).isEmpty();
    }

    @Test
    void whatWasDroppedIsNotTakenAgainWhileTheDatabaseDoesNotKnow() {
        heartbeat(0, Map.of(ACCOUNT, 1L));
        this.ownedAccounts.release(ACCOUNT);
        assertThat(isOwner(1, 1)).isFalse();
        assertThat(heartbeat(SECOND, Map.of(ACCOUNT, 1L))).isEqualTo(new OwnershipChange(Set.of(), Map.of()));
        assertThat(isOwner(1, SECOND)).isFalse();
        heartbeat(2 * SECOND, Map.of());
        assertThat(heartbeat(3 * SECOND, Map.of(ACCOUNT, 3L)).gained()).isEqualTo(Map.of(ACCOUNT, 3L));
    }

    @Test
    void replicaThatEndsTakesNothingMore() {
        heartbeat(0, Map.of(ACCOUNT, 1L));
        this.ownedAccounts.close();
        assertThat(isOwner(1, 1)).isFalse();
        assertThat(this.ownedAccounts.recordClaim(ACCOUNT, 2, START + 2)).isFalse();
        assertThat(heartbeat(SECOND, Map.of(ACCOUNT, 1L)).gained()).isEmpty();
        assertThat(this.ownedAccounts.isHeld(ACCOUNT, 1)).isFalse();
    }

    private OwnershipChange heartbeat(long offsetNanos, Map<UUID, Long> owned) {
        return this.ownedAccounts.applyHeartbeat(START + offsetNanos, owned);
    }

    private boolean isOwner(long epoch, long offsetNanos) {
        return this.ownedAccounts.isOwner(ACCOUNT, epoch, START + offsetNanos);
    }

}
