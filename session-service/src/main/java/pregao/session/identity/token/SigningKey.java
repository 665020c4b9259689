package pregao.session.identity.token;

import java.time.Instant;

import com.nimbusds.jose.jwk.ECKey;

/**
 * A key that signs tokens.
 *
 * @param pair both halves, with an id
 * @param signsFrom when it begins
 */
record SigningKey(ECKey pair, Instant signsFrom) {

    @Override
    public String toString() {
        return "SigningKey[" + this.pair.getKeyID() + " from " + this.signsFrom + "]";
    }

}
