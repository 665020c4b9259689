package pregao.session.broker.account;

import pregao.session.broker.api.BrokerSession;

/**
 * An event that the session of an account has opened for the first time on this replica.
 *
 * @param account the account
 * @param session the session to subscribe to
 */
public record SessionOpenedEvent(BrokerAccount account, BrokerSession session) {

    @Override
    public String toString() {
        return "SessionOpenedEvent[" + this.account.id() + "]";
    }

}
