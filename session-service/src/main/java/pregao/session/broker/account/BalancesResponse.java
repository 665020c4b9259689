package pregao.session.broker.account;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

import pregao.session.broker.api.Balance;

/**
 * A person's money at a broker, as it is told.
 *
 * @param items as the broker orders them
 */
record BalancesResponse(List<BalanceResponse> items) {

    BalancesResponse {
        items = List.copyOf(items);
    }

    /**
     * One wallet.
     *
     * @param id the broker's
     * @param money {@code demo}, {@code real} or {@code other}
     * @param currency such as {@code BRL}
     * @param amount in the currency, with what open orders hold
     * @param available what no open order holds
     */
    record BalanceResponse(long id, String money, String currency, BigDecimal amount, BigDecimal available) {

        static BalanceResponse of(Balance balance) {
            return new BalanceResponse(balance.id(), balance.account().name().toLowerCase(Locale.ROOT),
                    balance.currency(), balance.amount(), balance.available());
        }

    }

}
