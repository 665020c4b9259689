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
 * Resolves the account of a manual order.
 */
@Component
class ManualOrderAccountResolver {

    private final AccountService accounts;

    private final SessionClient sessionClient;

    ManualOrderAccountResolver(AccountService accounts, SessionClient sessionClient) {
        this.accounts = accounts;
        this.sessionClient = sessionClient;
    }

    /**
     * Resolves the account.
     * @return the key of the account
     * @throws pregao.webapi.problem.ProblemException 404 if the user does not own the
     * account, 422 if the order cannot be placed on it, 503 if session-service does not
     * respond
     */
    AccountKey resolve(UUID userId, ManualOrderRequest request) {
        UUID id = request.account();
        if (id == null) {
            return this.accounts.ensurePaperAccount(userId);
        }
        BrokerAccount brokerAccount = this.sessionClient.getAccount(id, userId);
        String broker = brokerAccount.broker();
        FieldValidator fields = new FieldValidator();
        AccountSelection.requireAllowed(fields, request.money(), brokerAccount.realMoney());
        fields.require(request.instrument().feed().equals(broker), "feed", broker);
        fields.require(request.side().isOption() == broker.equals("polarium"), "side",
                broker.equals("polarium") ? "call or put" : "buy or sell");
        fields.check();
        AccountKey key = new AccountKey(id, request.money());
        this.accounts.registerBrokerAccount(key, userId, broker);
        return key;
    }

}
