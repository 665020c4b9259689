package pregao.strategy.manualorder;

import java.util.UUID;

import org.springframework.stereotype.Component;

import pregao.strategy.account.AccountKey;
import pregao.strategy.account.AccountSelection;
import pregao.strategy.account.AccountService;
import pregao.strategy.session.BrokerAccount;
import pregao.strategy.session.SessionClient;
import pregao.webapi.problem.FieldValidator;

/**
 * With which account somebody trades by hand.
 */
@Component
class ManualOrderAccountResolver {

    private final AccountService accounts;

    private final SessionClient session;

    ManualOrderAccountResolver(AccountService accounts, SessionClient session) {
        this.accounts = accounts;
        this.session = session;
    }

    /**
     * Finds the account.
     * @return which
     * @throws pregao.webapi.problem.ProblemException 404 where it is somebody else's, 422
     * where it cannot be
     */
    AccountKey of(UUID person, ManualOrderRequest wish) {
        UUID id = wish.account();
        if (id == null) {
            return this.accounts.ensurePaperAccount(person);
        }
        BrokerAccount brokerAccount = this.session.account(id, person);
        String broker = brokerAccount.broker();
        FieldValidator fields = new FieldValidator();
        AccountSelection.requireAllowed(fields, wish.money(), brokerAccount.realMoney());
        fields.require(wish.instrument().feed().equals(broker), "feed", broker);
        fields.require(wish.side().isOption() == broker.equals("polarium"), "side",
                broker.equals("polarium") ? "call or put" : "buy or sell");
        fields.check();
        AccountKey key = new AccountKey(id, wish.money());
        this.accounts.registerBrokerAccount(key, person, broker);
        return key;
    }

}
