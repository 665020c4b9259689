package pregao.contracts.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signs what one service shows another, with the caller's own key: a JWT (ES256) of a
 * minute, for one callee and one operation. A token serves half its life, so that it is
 * good for half a minute more wherever it goes.
 */
public final class ServiceTokens {

    /** How long a token is good. */
    public static final Duration LIFE = Duration.ofMinutes(1);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private static final String HEAD = part("{\"alg\":\"ES256\",\"typ\":\"JWT\"}");

    private final ServiceName caller;

    private final PrivateKey key;

    private final InstantSource clock;

    private final Map<TokenKey, Token> tokens = new ConcurrentHashMap<>();

    /**
     * Tokens of a service.
     * @param caller which
     * @param key its private key: P-256, PKCS #8 in Base64
     * @param clock of this service
     */
    public ServiceTokens(ServiceName caller, String key, InstantSource clock) {
        this.caller = caller;
        this.key = privateKey(key);
        this.clock = clock;
    }

    private static PrivateKey privateKey(String key) {
        try {
            return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key.strip())));
        }
        catch (GeneralSecurityException | IllegalArgumentException ex) {
            // What was set must not get into a log, so neither does the cause.
            throw new IllegalArgumentException("PREGAO_SERVICE_KEY is a P-256 private key, PKCS #8 in Base64");
        }
    }

    /**
     * A token, signed anew every half minute.
     * @param callee who is called
     * @param operation what for
     * @return a JWT in its compact form
     */
    public String of(ServiceName callee, Operation operation) {
        Instant now = this.clock.instant();
        TokenKey use = new TokenKey(callee, operation);
        Token token = this.tokens.get(use);
        if (token == null || !now.isBefore(token.until())) {
            token = new Token(signed(use, now), now.plus(LIFE.dividedBy(2)));
            this.tokens.put(use, token);
        }
        return token.text();
    }

    private String signed(TokenKey use, Instant now) {
        String claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"scope\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(this.caller.text(), this.caller.text(), use.callee().text(), use.operation().text(),
                    now.getEpochSecond(), now.plus(LIFE).getEpochSecond());
        String text = HEAD + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(this.key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK signs ES256", ex);
        }
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private record TokenKey(ServiceName callee, Operation operation) {

    }

    private record Token(String text, Instant until) {

    }

}
