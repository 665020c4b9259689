package pregao.session.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.session.SessionChange;

/**
 * What is kept of an account at a broker, without what lets its person in.
 *
 * @param id ours
 * @param person whose it is
 * @param broker the broker's name
 * @param label what its person calls it
 * @param state what happened to its session last
 * @param since when that was
 * @param reason why, in words for the person; may be empty
 * @param owner the replica that speaks for it, or null
 * @param epoch how often it changed its owner
 * @param realMoney whether its person allows orders with real money
 * @param sharesPrices whether everybody's prices may come through its session
 * @param createdAt when it was connected first
 */
public record StoredAccount(UUID id, UUID person, String broker, String label, SessionChange state, Instant since,
        String reason, @Nullable UUID owner, long epoch, boolean realMoney, boolean sharesPrices, Instant createdAt) {

    static StoredAccount of(UUID id, UUID person, String broker, String label, UUID owner, Instant now) {
        return new StoredAccount(id, person, broker, label, SessionChange.CODE_WANTED, now, "", owner, 1, false, false,
                now);
    }

    StoredAccount with(SessionChange change, String words, Instant now) {
        return new StoredAccount(this.id, this.person, this.broker, this.label, change, now, words, this.owner,
                this.epoch, this.realMoney, this.sharesPrices, this.createdAt);
    }

    StoredAccount owned(UUID by, long since) {
        return new StoredAccount(this.id, this.person, this.broker, this.label, this.state, this.since, this.reason, by,
                since, this.realMoney, this.sharesPrices, this.createdAt);
    }

}
