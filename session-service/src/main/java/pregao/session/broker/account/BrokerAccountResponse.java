package pregao.session.broker.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An account at a broker, as its user sees it.
 *
 * @param id the ID of the account
 * @param broker the name of the broker
 * @param label the user's name of the account
 * @param state {@code opened}, {@code lost} (it reconnects by itself), {@code closed} (it
 * opens when it is needed), {@code signed_out}, or {@code code_wanted}
 * @param since when the state began
 * @param reason the reason for the state; may be empty
 * @param realMoney whether orders with real money are allowed
 * @param sharesPrices whether the user shares the session for the prices of all users
 * @param createdAt when the account was created
 * @param code the login code that is required, if any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BrokerAccountResponse(UUID id, String broker, String label, String state, Instant since, String reason,
        boolean realMoney, boolean sharesPrices, Instant createdAt, @Nullable LoginCodeChallenge code) {

    static BrokerAccountResponse of(BrokerAccount account, PendingTwoFactorLogins.@Nullable Step step) {
        LoginCodeChallenge code = (step != null)
                ? new LoginCodeChallenge(step.id(), step.wanted().method(), step.wanted().methods(), step.until())
                : null;
        return new BrokerAccountResponse(account.id(), account.broker(), account.label(), account.state().text(),
                account.since(), account.reason(), account.realMoney(), account.sharesPrices(), account.createdAt(),
                code);
    }

    /**
     * A login code that the broker sent and requires.
     *
     * @param step the ID of the pending login, to be sent with the code
     * @param method how the code was sent
     * @param methods the methods by which it can be sent
     * @param until when the code expires
     */
    record LoginCodeChallenge(UUID step, String method, List<String> methods, Instant until) {

        LoginCodeChallenge {
            methods = List.copyOf(methods);
        }

    }

    /**
     * The accounts of a user.
     *
     * @param items the accounts, oldest first
     */
    record BrokerAccountsResponse(List<BrokerAccountResponse> items) {

    }

}
