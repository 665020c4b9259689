package pregao.gateway.token;

import java.nio.charset.StandardCharsets;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link EcKeyDerivation}.
 */
class EcKeyDerivationTests {

    @Test
    void isTheSameForAllWhoKnowTheSecret() {
        assertThat(EcKeyDerivation.derive(bytes("one"))).isEqualTo(EcKeyDerivation.derive(bytes("one")))
            .isNotEqualTo(EcKeyDerivation.derive(bytes("two")));
    }

    @RepeatedTest(20)
    void halvesBelongTogether(RepetitionInfo repetition) throws JOSEException {
        ECKey key = EcKeyDerivation.derive(bytes("secret " + repetition.getCurrentRepetition()));
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256),
                new JWTClaimsSet.Builder().subject("x").build());
        token.sign(new ECDSASigner(key));
        assertThat(token.verify(new ECDSAVerifier(key.toPublicJWK()))).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

}
