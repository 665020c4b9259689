package pregao.simulator.binance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * API keys, and who has signed a request.
 */
final class ApiKeyStore {

    private static final long USUAL_WINDOW = 5000;

    private static final long WIDEST_WINDOW = 60_000;

    private static final long AHEAD = 1000;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static final int LENGTH = 64;

    private final Map<String, Account> accounts = new LinkedHashMap<>();

    private final SimulatorClock clock;

    ApiKeyStore(SimulatorClock clock) {
        this.clock = clock;
    }

    /**
     * Opens an account with one key, the same in each run.
     * @param kind of key
     * @return the account
     */
    Account open(KeyKind kind) {
        long uid = 1000L + this.accounts.size();
        Random random = new Random(uid);
        String key = letters(random);
        KeyPair pair = (kind == KeyKind.ED25519) ? pair() : null;
        Account account = (pair == null) ? new Account(key, letters(random), null, uid) : new Account(key,
                Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()), pair.getPublic(), uid);
        this.accounts.put(key, account);
        return account;
    }

    Collection<Account> accounts() {
        return this.accounts.values();
    }

    /**
     * Every account, with what anybody needs who wants to trade with it: all of it is
     * made up, as the money is.
     * @return with {@code items}, the first first
     */
    ObjectNode all() {
        ObjectNode objectNode = Json.object();
        ArrayNode items = objectNode.putArray("items");
        for (Account account : accounts()) {
            items.addObject()
                .put("account", account.uid())
                .put("kind", account.kind().name().toLowerCase(Locale.ROOT))
                .put("key", account.key())
                .put("secret", account.secret())
                .set("balances", account.balances(false));
        }
        return objectNode;
    }

    @Nullable Account account(String key) {
        return this.accounts.get(key);
    }

    /**
     * Who has signed a request.
     * @param signedRequest the request
     * @return the account
     * @throws ApiErrorException where nobody has, or at another time
     */
    Account signer(SignedRequest signedRequest) {
        if (!signedRequest.key().matches("[A-Za-z0-9]{64}")) {
            throw new ApiErrorException(401, -2014, "API-key format invalid.", 0);
        }
        Account account = this.accounts.get(signedRequest.key());
        if (account == null || account.isRevoked()) {
            throw new ApiErrorException(401, -2015, "Invalid API-key, IP, or permissions for action.", 0);
        }
        checkTime(signedRequest.parameters());
        signedRequest.parameters().mandatory("signature");
        if (!signed(account, signedRequest)) {
            throw new ApiErrorException(-1022, "Signature for this request is not valid.");
        }
        return account;
    }

    private void checkTime(Parameters parameters) {
        parameters.mandatory("timestamp");
        long timestamp = parameters.number("timestamp", 0);
        long window = parameters.number("recvWindow", USUAL_WINDOW);
        if (window > WIDEST_WINDOW) {
            throw new ApiErrorException(-1131, "recvWindow must be less than 60000.");
        }
        long now = this.clock.millis();
        if (timestamp >= now + AHEAD) {
            throw new ApiErrorException(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        }
        if (now - timestamp > window) {
            throw new ApiErrorException(-1021, "Timestamp for this request is outside of the recvWindow.");
        }
    }

    private static boolean signed(Account account, SignedRequest signedRequest) {
        byte[] payload = signedRequest.payload().getBytes(StandardCharsets.UTF_8);
        try {
            PublicKey publicKey = account.publicKey();
            if (publicKey == null) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(account.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                String hex = HexFormat.of().formatHex(mac.doFinal(payload));
                return MessageDigest.isEqual(hex.getBytes(StandardCharsets.UTF_8),
                        signedRequest.signature().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            }
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(publicKey);
            signature.update(payload);
            return signature.verify(Base64.getDecoder().decode(signedRequest.signature()));
        }
        catch (GeneralSecurityException | IllegalArgumentException ex) {
            return false;
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("this JDK has no Ed25519", ex);
        }
    }

    private static String letters(Random random) {
        StringBuilder text = new StringBuilder(LENGTH);
        random.ints(LENGTH, 0, LETTERS.length()).forEach((at) -> text.append(LETTERS.charAt(at)));
        return text.toString();
    }

}
