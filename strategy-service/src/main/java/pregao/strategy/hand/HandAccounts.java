package pregao.strategy.hand;

import java.util.UUID;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.http.problem.Fields;
import pregao.http.problem.Trouble;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Money;
import pregao.strategy.account.OwnAccounts;
import pregao.strategy.session.SessionAnswer;
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
        JsonNode known = switch (this.session.account(id)) {
            case SessionAnswer.Said said -> said.body();
            case SessionAnswer.Nothing _ -> throw Trouble.notFound().asException();
            case SessionAnswer.Refused refused -> throw Trouble.unavailable(refused.why()).asException();
            case SessionAnswer.Unclear _ ->
                throw Trouble.unavailable("The broker's session does not answer now").asException();
        };
        if (!known.path("person").asString("").equals(person.toString())) {
            throw Trouble.notFound().asException();
        }
        String broker = known.path("broker").asString("");
        Fields fields = new Fields();
        fields.require(wish.money() != Money.REAL || known.path("real_money").asBoolean(false), "money",
                "demo, as the operator and you have not both switched real money on");
        fields.require(wish.instrument().feed().equals(broker), "feed", broker);
        fields.require(wish.side().isOption() == broker.equals("polarium"), "side",
                broker.equals("polarium") ? "call or put" : "buy or sell");
        fields.check();
        AccountKey key = new AccountKey(id, wish.money());
        this.accounts.broker(key, person, broker, wish.side().isOption() ? "USD" : "USDT");
        return key;
    }

}
