package pregao.session.broker.binance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.Credentials;

/**
 * Signer of requests with a user's API key.
 */
final class RequestSigner {

    private static final String HMAC_ALGORITHM = "HmacSHA256";

    private static final String ED25519_ALGORITHM = "Ed25519";

    private static final Pattern API_KEY_PATTERN = Pattern.compile("[A-Za-z0-9]{1,128}");

    private static final Pattern PEM_DECORATION = Pattern.compile("-----[A-Z ]+-----|\\s");

    private final Credentials.ApiKey credentials;

    private final @Nullable PrivateKey privateKey;

    /**
     * Creates a signer.
     * @param credentials the API key and its secret, as the user entered them
     * @throws IllegalArgumentException if they are malformed; the message says what was
     * expected
     */
    RequestSigner(Credentials.ApiKey credentials) {
        if (!API_KEY_PATTERN.matcher(credentials.id().reveal()).matches()) {
            throw new IllegalArgumentException("the API key must be letters and digits");
        }
        if (credentials.secret().reveal().isBlank()) {
            throw new IllegalArgumentException("the API key's secret must not be empty");
        }
        this.credentials = credentials;
        this.privateKey = (credentials.kind() == Credentials.ApiKey.Kind.ED25519)
                ? parsePrivateKey(credentials.secret().reveal()) : null;
    }

    Credentials.ApiKey credentials() {
        return this.credentials;
    }

    String apiKey() {
        return this.credentials.id().reveal();
    }

    /**
     * Signs a payload.
     * @param payload the payload, exactly as it's sent
     * @return the signature: hex for HMAC, Base64 for Ed25519
     */
    String sign(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        try {
            if (this.privateKey == null) {
                Mac mac = Mac.getInstance(HMAC_ALGORITHM);
                mac.init(new SecretKeySpec(this.credentials.secret().reveal().getBytes(StandardCharsets.UTF_8),
                        HMAC_ALGORITHM));
                return HexFormat.of().formatHex(mac.doFinal(bytes));
            }
            Signature signature = Signature.getInstance(ED25519_ALGORITHM);
            signature.initSign(this.privateKey);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("cannot sign: " + ex.getClass().getSimpleName(), ex);
        }
    }

    /**
     * Appends the signature to a query string.
     * @param query the query string, exactly as it's sent
     * @return the query string with the signature as the last parameter
     */
    String appendSignature(String query) {
        return query + "&signature=" + URLEncoder.encode(sign(query), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "RequestSigner[" + this.credentials.kind() + "]";
    }

    private static PrivateKey parsePrivateKey(String encodedKey) {
        try {
            byte[] der = Base64.getDecoder().decode(PEM_DECORATION.matcher(encodedKey).replaceAll(""));
            return KeyFactory.getInstance(ED25519_ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
        }
        catch (GeneralSecurityException | IllegalArgumentException ex) {
            throw new IllegalArgumentException("the secret must be an Ed25519 private key, as PEM or Base64 of PKCS#8",
                    null);
        }
    }

}
