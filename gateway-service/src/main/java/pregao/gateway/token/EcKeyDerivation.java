package pregao.gateway.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Derivation of a P-256 key from a secret by HKDF (RFC 5869). All replicas with the same
 * secret derive the same key without coordination.
 */
final class EcKeyDerivation {

    private static final byte[] INFO = "pregao gateway tokens".getBytes(StandardCharsets.UTF_8);

    /**
     * 128 bits more than the order of the curve, so that the bias of the modular
     * reduction is negligible (FIPS 186-5, appendix A.2.1).
     */
    private static final int DERIVED_BYTES = 48;

    private static final int FIELD_BITS = 256;

    private EcKeyDerivation() {
    }

    static ECKey derive(byte[] secret) {
        X9ECParameters curve = CustomNamedCurves.getByName("P-256");
        BigInteger scalar = new BigInteger(1, expand(secret)).mod(curve.getN().subtract(BigInteger.ONE))
            .add(BigInteger.ONE);
        ECPoint point = new FixedPointCombMultiplier().multiply(curve.getG(), scalar).normalize();
        try {
            return new ECKey.Builder(Curve.P_256,
                    ECKey.encodeCoordinate(FIELD_BITS, point.getAffineXCoord().toBigInteger()),
                    ECKey.encodeCoordinate(FIELD_BITS, point.getAffineYCoord().toBigInteger()))
                .d(ECKey.encodeCoordinate(FIELD_BITS, scalar))
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint()
                .build();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }

    private static byte[] expand(byte[] secret) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(INFO, DERIVED_BYTES));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has HKDF", ex);
        }
    }

}
