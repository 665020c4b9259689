package pregao.session.broker.account;

import pregao.session.broker.api.BrokerSession;

/**
 * A session of an account works for the first time since this replica speaks for it.
 *
 * @param account whose
 * @param session to be listened to
 */
public record SessionOpenedEvent(BrokerAccount account, BrokerSession session) {

    @Override
    public String toString() {
        return "SessionOpenedEvent[" + this.account.id() + "]";
    }

}
