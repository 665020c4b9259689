package pregao.simulator.polarium;

import java.math.BigDecimal;

import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * Money of one user in one currency.
 */
final class Wallet {

    static final int REAL = 1;

    static final int DEMO = 4;

    static final String CURRENCY = "BRL";

    private final long id;

    private final long userId;

    private final int type;

    private BigDecimal amount;

    Wallet(long id, long userId, int type, BigDecimal amount) {
        this.id = id;
        this.userId = userId;
        this.type = type;
        this.amount = amount;
    }

    long id() {
        return this.id;
    }

    long userId() {
        return this.userId;
    }

    int type() {
        return this.type;
    }

    BigDecimal amount() {
        return this.amount;
    }

    void add(BigDecimal change) {
        this.amount = this.amount.add(change);
    }

    void reset(BigDecimal to) {
        this.amount = to;
    }

    ObjectNode json() {
        return Json.object()
            .put("id", this.id)
            .put("user_id", this.userId)
            .put("type", this.type)
            .put("amount", this.amount)
            .put("bonus_amount", 0)
            .put("enrolled_amount", this.amount)
            .put("currency", CURRENCY)
            .put("is_fiat", true)
            .put("is_marginal", false);
    }

}
