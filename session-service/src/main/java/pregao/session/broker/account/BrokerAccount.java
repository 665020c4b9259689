package pregao.session.broker.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.session.BrokerSessionEventType;

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
public record BrokerAccount(UUID id, UUID person, String broker, String label, BrokerSessionEventType state,
        Instant since, String reason, @Nullable UUID owner, long epoch, boolean realMoney, boolean sharesPrices,
        Instant createdAt) {

    static BrokerAccount of(UUID id, UUID person, String broker, String label, UUID owner, Instant now) {
        return new BrokerAccount(id, person, broker, label, BrokerSessionEventType.CODE_WANTED, now, "", owner, 1,
                false, false, now);
    }

    BrokerAccount withState(BrokerSessionEventType newState, String newReason, Instant now) {
        return new BrokerAccount(this.id, this.person, this.broker, this.label, newState, now, newReason, this.owner,
                this.epoch, this.realMoney, this.sharesPrices, this.createdAt);
    }

    BrokerAccount withOwner(UUID newOwner, long newEpoch) {
        return new BrokerAccount(this.id, this.person, this.broker, this.label, this.state, this.since, this.reason,
                newOwner, newEpoch, this.realMoney, this.sharesPrices, this.createdAt);
    }

}
