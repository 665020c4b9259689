package pregao.session.account;

import pregao.session.broker.BrokerSession;

/**
 * A session of an account works for the first time since this replica speaks for it.
 *
 * @param account whose
 * @param session to be listened to
 */
public record SessionOpened(StoredAccount account, BrokerSession session) {

    @Override
    public String toString() {
        return "SessionOpened[" + this.account.id() + "]";
    }

}
