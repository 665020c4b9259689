package pregao.simulator.binance;

import java.math.BigDecimal;
import java.security.PublicKey;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * Somebody's key and money at the simulated broker.
 */
public final class Account {

    private static final Map<String, BigDecimal> AT_FIRST = Map.of("USDT", BigDecimal.valueOf(100_000), "BTC",
            BigDecimal.ONE, "ETH", BigDecimal.TEN, "BNB", BigDecimal.ZERO);

    private final Map<String, Balance> money = new TreeMap<>();

    private final OrderCount orders = new OrderCount();

    private final String key;

    private final String secret;

    private final @Nullable PublicKey publicKey;

    private final long uid;

    private boolean revoked;

    private long changed;

    Account(String key, String secret, @Nullable PublicKey publicKey, long uid) {
        this.key = key;
        this.secret = secret;
        this.publicKey = publicKey;
        this.uid = uid;
        reset();
    }

    /**
     * The API key.
     * @return sent with each request
     */
    public String key() {
        return this.key;
    }

    /**
     * The secret of the API key.
     * @return a text, or the private key as Base64 of PKCS#8
     */
    public String secret() {
        return this.secret;
    }

    /**
     * How requests are signed.
     * @return by what
     */
    public KeyKind kind() {
        return (this.publicKey == null) ? KeyKind.HMAC : KeyKind.ED25519;
    }

    @Nullable PublicKey publicKey() {
        return this.publicKey;
    }

    long uid() {
        return this.uid;
    }

    boolean isRevoked() {
        return this.revoked;
    }

    void revoke(boolean really) {
        this.revoked = really;
    }

    OrderCount orders() {
        return this.orders;
    }

    BigDecimal free(String asset) {
        return money(asset).free();
    }

    void add(String asset, BigDecimal free, BigDecimal locked) {
        Balance before = money(asset);
        this.money.put(asset, new Balance(before.free().add(free), before.locked().add(locked)));
    }

    void changed(long now) {
        this.changed = now;
    }

    long changed() {
        return this.changed;
    }

    void reset() {
        this.money.clear();
        AT_FIRST.forEach((asset, amount) -> add(asset, amount, BigDecimal.ZERO));
    }

    ArrayNode balances(boolean withoutZeros) {
        ArrayNode balances = Json.array();
        this.money.forEach((asset, has) -> {
            if (!withoutZeros || has.free().signum() > 0 || has.locked().signum() > 0) {
                balances.addObject()
                    .put("asset", asset)
                    .put("free", Decimals.decimal(has.free()))
                    .put("locked", Decimals.decimal(has.locked()));
            }
        });
        return balances;
    }

    ObjectNode position(long now, Iterable<String> assets) {
        ObjectNode event = Json.object().put("e", "outboundAccountPosition").put("E", now).put("u", now);
        ArrayNode balances = event.putArray("B");
        assets.forEach((asset) -> balances.addObject()
            .put("a", asset)
            .put("f", Decimals.decimal(money(asset).free()))
            .put("l", Decimals.decimal(money(asset).locked())));
        return event;
    }

    private Balance money(String asset) {
        return this.money.getOrDefault(asset, new Balance(BigDecimal.ZERO, BigDecimal.ZERO));
    }

    @Override
    public String toString() {
        return "Account[" + this.uid + ", " + kind() + "]";
    }

    private record Balance(BigDecimal free, BigDecimal locked) {

    }

}
