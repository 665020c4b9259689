package pregao.session.broker.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An account as its person is told of it.
 *
 * @param id by which it is named
 * @param broker where it is
 * @param label what its person calls it
 * @param state {@code opened}, {@code lost} (it comes back by itself), {@code closed} (it
 * is opened when it is needed), {@code signed_out}, {@code code_wanted}
 * @param since when that was
 * @param reason in words; may be empty
 * @param realMoney whether orders with real money are allowed
 * @param sharesPrices whether its person lets everybody's prices come through its session
 * @param createdAt when it was connected first
 * @param code which code is awaited, if one is
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
     * A code that the broker has sent and waits for.
     *
     * @param step to be sent with the code
     * @param method how it was sent
     * @param methods how it could be sent
     * @param until when it is good
     */
    record LoginCodeChallenge(UUID step, String method, List<String> methods, Instant until) {

        LoginCodeChallenge {
            methods = List.copyOf(methods);
        }

    }

    /**
     * The answer to a list.
     *
     * @param items the oldest first
     */
    record BrokerAccountsResponse(List<BrokerAccountResponse> items) {

    }

}
