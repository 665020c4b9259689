package pregao.session.identity.totp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Totp} and {@link Base32}.
 */
class TotpTests {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** The SHA-1 test vectors of RFC 6238, appendix B, truncated to six digits. */
    @ParameterizedTest
    @CsvSource({ "59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037",
            "20000000000, 353130" })
    void areThoseOfTheStandard(long seconds, String code) {
        assertThat(Totp.computeCode(SECRET, seconds / 30)).isEqualTo(code);
        assertThat(Totp.findStep(SECRET, code, Instant.ofEpochSecond(seconds))).hasValue(seconds / 30);
    }

    @Test
    void areTakenOneStepEarlyOrLate() {
        Instant now = Instant.ofEpochSecond(30_000_015);
        for (int off = -3; off <= 3; off++) {
            String code = Totp.computeCode(SECRET, 1_000_000 + off);
            assertThat(Totp.findStep(SECRET, code, now).isPresent()).as("off by " + off).isEqualTo(Math.abs(off) <= 1);
        }
        assertThat(Totp.findStep(SECRET, "", now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI" })
    void base32IsThatOfTheStandard(String text, String encoded) {
        assertThat(Base32.encode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
    }

    @Test
    void base32IsReadBack() {
        byte[] secret = Totp.generateSecret();
        assertThat(AuthenticatorApp.decode(Base32.encode(secret))).isEqualTo(secret);
    }

}
