package pregao.simulator.polarium;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * The money of all users.
 */
final class Wallets {

    static final BigDecimal PLAY_MONEY = new BigDecimal("10000.00");

    private final Map<Long, Wallet> wallets = new TreeMap<>();

    private final WebSocketSessionRegistry audience;

    Wallets(WebSocketSessionRegistry audience) {
        this.audience = audience;
    }

    void open(Account account) {
        for (Wallet wallet : List.of(
                new Wallet(account.realWallet(), account.userId(), Wallet.REAL, new BigDecimal("0.00")),
                new Wallet(account.demoWallet(), account.userId(), Wallet.DEMO, PLAY_MONEY))) {
            this.wallets.put(wallet.id(), wallet);
        }
    }

    @Nullable Wallet of(long userId, long id) {
        Wallet wallet = this.wallets.get(id);
        return (wallet != null && wallet.userId() == userId) ? wallet : null;
    }

    ArrayNode list(Account account) {
        ArrayNode list = Json.array();
        for (long id : List.of(account.realWallet(), account.demoWallet())) {
            Wallet wallet = this.wallets.get(id);
            if (wallet != null) {
                list.add(wallet.json());
            }
        }
        return list;
    }

    /**
     * Every wallet there is.
     * @return with {@code items}, in the order of their numbers
     */
    ObjectNode all() {
        ObjectNode objectNode = Json.object();
        ArrayNode items = objectNode.putArray("items");
        this.wallets.values().forEach((wallet) -> items.add(wallet.json()));
        return objectNode;
    }

    void add(Wallet wallet, BigDecimal change) {
        wallet.add(change);
        told(wallet);
    }

    void told(Wallet wallet) {
        var message = Json.object();
        message.set("current_balance", wallet.json());
        message.put("user_id", wallet.userId());
        this.audience.tell(wallet.userId(), "balances", "balance-changed", message);
    }

}
