package pregao.session.broker.account;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

import pregao.session.broker.api.Balance;

/**
 * The balances of a user at a broker.
 *
 * @param items the balances in the order of the broker
 */
record BalancesResponse(List<BalanceResponse> items) {

    BalancesResponse {
        items = List.copyOf(items);
    }

    /**
     * A balance.
     *
     * @param id the broker's ID of the balance
     * @param money {@code demo}, {@code real}, or {@code other}
     * @param currency the currency, such as {@code BRL}
     * @param amount the amount in the currency, including what open orders reserve
     * @param available the amount that no open order reserves
     */
    record BalanceResponse(long id, String money, String currency, BigDecimal amount, BigDecimal available) {

        static BalanceResponse of(Balance balance) {
            return new BalanceResponse(balance.id(), balance.account().name().toLowerCase(Locale.ROOT),
                    balance.currency(), balance.amount(), balance.available());
        }

    }

}
