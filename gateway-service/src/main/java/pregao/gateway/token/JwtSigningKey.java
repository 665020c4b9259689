package pregao.gateway.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

/**
 * Key that signs tokens. It is derived from the installation's secret, so that all
 * replicas have the same key. Without a secret it is generated at startup and kept in
 * memory only.
 */
public final class JwtSigningKey {

    private final ECKey pair;

    private JwtSigningKey(ECKey pair) {
        this.pair = pair;
    }

    /**
     * Generates a key.
     * @return a P-256 key with an ID
     */
    public static JwtSigningKey generate() {
        try {
            return new JwtSigningKey(new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate());
        }
        catch (JOSEException ex) {
            throw new IllegalStateException("every JDK has P-256", ex);
        }
    }

    /**
     * Derives a key from a secret.
     * @param secret the secret, which is the same for all replicas
     * @return a P-256 key with an ID
     */
    public static JwtSigningKey fromSecret(byte[] secret) {
        return new JwtSigningKey(EcKeyDerivation.derive(secret));
    }

    /**
     * Returns a JSON Web Key Set with the public key and additional keys.
     * @param additionalKeys further public keys
     * @return the content of {@code /.well-known/jwks.json}
     */
    public Map<String, Object> toJwks(List<ECKey> additionalKeys) {
        List<JWK> keys = new ArrayList<>(List.of(this.pair.toPublicJWK()));
        keys.addAll(additionalKeys);
        return new JWKSet(keys).toJSONObject(true);
    }

    String getKeyId() {
        return this.pair.getKeyID();
    }

    ECKey getKeyPair() {
        return this.pair;
    }

}
