package pregao.session.identity.token;

import java.time.Instant;

import com.nimbusds.jose.jwk.ECKey;

/**
 * Key that signs access tokens.
 *
 * @param pair the key pair with its ID
 * @param signsFrom the time from which the key signs
 */
record SigningKey(ECKey pair, Instant signsFrom) {

    @Override
    public String toString() {
        return "SigningKey[" + this.pair.getKeyID() + " from " + this.signsFrom + "]";
    }

}
