package pregao.system;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import tools.jackson.databind.JsonNode;

/**
 * Tokens that nobody may take, some of them by the right key. The gateway's own key is
 * derived here from the secret of the installation, as only the gateway should.
 *
 * @param what is wrong with it
 * @param text the token
 */
record ForgedTokens(String what, String text) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private static final int KEY_BYTES = 48;

    /**
     * One of each kind.
     * @param secret PREGAO_TOKEN_SECRET of the installation
     * @param keys its public keys
     * @return forged tokens, and what stands for none
     * @throws GeneralSecurityException never
     */
    static List<ForgedTokens> all(String secret, JsonNode keys) throws GeneralSecurityException {
        JsonNode own = keys.get(0);
        String kid = own.path("kid").asString();
        PrivateKey right = derived(secret.getBytes(StandardCharsets.UTF_8));
        PrivateKey wrong = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        String good = signed("ES256", kid, claims("pregao-api", 60), right);
        return List.of(new ForgedTokens("nothing", ""), new ForgedTokens("broken", "ey.ey.ey"),
                new ForgedTokens("expired", signed("ES256", kid, claims("pregao-api", -60), right)),
                new ForgedTokens("for others", signed("ES256", kid, claims("others", 60), right)),
                new ForgedTokens("by others", signed("ES256", kid, claims("others", "pregao-api", 60), right)),
                new ForgedTokens("wrong key", signed("ES256", kid, claims("pregao-api", 60), wrong)),
                new ForgedTokens("unknown key", signed("ES256", "unknown", claims("pregao-api", 60), wrong)),
                new ForgedTokens("no algorithm", part("{\"alg\":\"none\"}") + "." + claims("pregao-api", 60) + "."),
                new ForgedTokens("no signature", good.substring(0, good.lastIndexOf('.') + 1)),
                new ForgedTokens("wrong algorithm", byMac(kid, claims("pregao-api", 60), own.toString())),
                new ForgedTokens("a key that is none", "pregao_00000000000000000000000000000000"));
    }

    /**
     * A token that is good: that the others are refused means nothing where this one is.
     * @param secret PREGAO_TOKEN_SECRET of the installation
     * @param keys its public keys
     * @return a token by the gateway's own key
     * @throws GeneralSecurityException never
     */
    static String good(String secret, JsonNode keys) throws GeneralSecurityException {
        return signed("ES256", keys.get(0).path("kid").asString(), claims("pregao-api", 60),
                derived(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static String claims(String audience, long seconds) {
        return claims("pregao-gateway", audience, seconds);
    }

    private static String claims(String issuer, String audience, long seconds) {
        long now = Clock.systemUTC().instant().getEpochSecond();
        return part(
                """
                        {"sub":"%s","iss":"%s","aud":"%s","roles":["trader","admin"],"sid":"%s","scope":"read ingest trade","feed":"mt5",\
                        "iat":%d,"exp":%d}"""
                    .formatted(UUID.randomUUID(), issuer, audience, UUID.randomUUID(), now - 120, now + seconds));
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String head(String algorithm, String kid) {
        return part("{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(algorithm, kid));
    }

    private static String signed(String algorithm, String kid, String claims, PrivateKey key)
            throws GeneralSecurityException {
        String text = head(algorithm, kid) + "." + claims;
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + BASE64.encodeToString(signature.sign());
    }

    /** By the public key, as if it were a secret that both sides know. */
    private static String byMac(String kid, String claims, String publicKey) throws GeneralSecurityException {
        String text = head("HS256", kid) + "." + claims;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(publicKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return text + "." + BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static PrivateKey derived(byte[] secret) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec p256 = curve.getParameterSpec(ECParameterSpec.class);
        byte[] expanded = KDF.getInstance("HKDF-SHA256")
            .deriveData(HKDFParameterSpec.ofExtract()
                .addIKM(secret)
                .thenExpand("pregao gateway tokens".getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        BigInteger number = new BigInteger(1, expanded).mod(p256.getOrder().subtract(BigInteger.ONE))
            .add(BigInteger.ONE);
        return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number, p256));
    }

    @Override
    public String toString() {
        return this.what;
    }

}
