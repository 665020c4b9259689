package pregao.gateway.token;

import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

/**
 * The key that signs tokens: made at the start, kept in memory only.
 */
public final class SigningKey {

    private final ECKey pair;

    private SigningKey(ECKey pair) {
        this.pair = pair;
    }

    /**
     * Makes a new one.
     * @return a P-256 key with an id
     */
    public static SigningKey generate() {
        try {
            return new SigningKey(new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate());
        }
        catch (JOSEException ex) {
            throw new IllegalStateException("every JDK has P-256", ex);
        }
    }

    /**
     * Its public half, as a set of keys.
     * @return what {@code /.well-known/jwks.json} answers
     */
    public Map<String, Object> publicKeys() {
        return new JWKSet(this.pair).toJSONObject(true);
    }

    String id() {
        return this.pair.getKeyID();
    }

    ECKey secret() {
        return this.pair;
    }

}
