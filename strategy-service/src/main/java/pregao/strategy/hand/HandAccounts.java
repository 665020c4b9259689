package pregao.strategy.hand;

import java.util.UUID;

import org.springframework.stereotype.Component;

import pregao.http.problem.Fields;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.AccountWish;
import pregao.strategy.account.OwnAccounts;
import pregao.strategy.session.BrokerAccount;
import pregao.strategy.session.SessionClient;

/**
 * With which account somebody trades by hand.
 */
@Component
class HandAccounts {

    private final OwnAccounts accounts;

    private final SessionClient session;

    HandAccounts(OwnAccounts accounts, SessionClient session) {
        this.accounts = accounts;
        this.session = session;
    }

    /**
     * Finds the account.
     * @return which
     * @throws pregao.http.problem.TroubleException 404 where it is somebody else's, 422
     * where it cannot be
     */
    AccountKey of(UUID person, HandWish wish) {
        UUID id = wish.account();
        if (id == null) {
            return this.accounts.paper(person);
        }
        BrokerAccount known = this.session.account(id, person);
        String broker = known.broker();
        Fields fields = new Fields();
        AccountWish.requireAllowed(fields, wish.money(), known.realMoney());
        fields.require(wish.instrument().feed().equals(broker), "feed", broker);
        fields.require(wish.side().isOption() == broker.equals("polarium"), "side",
                broker.equals("polarium") ? "call or put" : "buy or sell");
        fields.check();
        AccountKey key = new AccountKey(id, wish.money());
        this.accounts.broker(key, person, broker);
        return key;
    }

}
