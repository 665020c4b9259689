package pregao.session.broker.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.session.BrokerSessionEventType;

/**
 * An account at a broker, without its credentials.
 *
 * @param id our own ID
 * @param person the ID of the user
 * @param broker the name of the broker
 * @param label the user's name of the account
 * @param state the latest state of the session
 * @param since when the state began
 * @param reason the reason for the state, for the user; may be empty
 * @param owner the ID of the replica that owns the account, or null
 * @param epoch the epoch of the ownership, which each change of the owner increments
 * @param realMoney whether the user allows orders with real money
 * @param sharesPrices whether the user shares the session for the prices of all users
 * @param createdAt when the account was created
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
