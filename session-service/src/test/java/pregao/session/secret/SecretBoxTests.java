package pregao.session.secret;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link SecretBox} and its settings.
 */
class SecretBoxTests {

    private static final String ONE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String TWO = "/wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final byte[] PLAIN = "a secret".getBytes(StandardCharsets.UTF_8);

    private final SecretBox box = new SecretBox(new SecretSettings(ONE));

    @Test
    void givesBackWhatWasEncrypted() {
        byte[] sealed = this.box.seal("totp:1", PLAIN);
        assertThat(this.box.open("totp:1", sealed)).isEqualTo(PLAIN);
        assertThat(this.box.seal("totp:1", PLAIN)).isNotEqualTo(sealed);
    }

    @Test
    void givesNothingForAnotherPurpose() {
        byte[] sealed = this.box.seal("totp:1", PLAIN);
        assertThatThrownBy(() -> this.box.open("totp:2", sealed)).isInstanceOf(SecretLostException.class);
    }

    @Test
    void givesNothingWhereAnyByteWasAltered() {
        byte[] sealed = this.box.seal("totp:1", PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> this.box.open("totp:1", altered)).as("byte " + i)
                .isInstanceOf(SecretLostException.class);
        }
        assertThatThrownBy(() -> this.box.open("totp:1", new byte[3])).isInstanceOf(SecretLostException.class);
    }

    @Test
    void readsWhatAnOlderKeyEncryptedAndEncryptsByTheFirst() {
        byte[] old = this.box.seal("x", PLAIN);
        SecretBox both = new SecretBox(new SecretSettings(TWO + "," + ONE));
        assertThat(both.open("x", old)).isEqualTo(PLAIN);
        byte[] sealed = both.seal("x", PLAIN);
        assertThat(new SecretBox(new SecretSettings(TWO)).open("x", sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> this.box.open("x", sealed)).isInstanceOf(SecretLostException.class)
            .hasMessageContaining("PREGAO_SECRET_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "c2hvcnQ=", "not base64 at all", ONE + "," })
    void settingsRefuseOtherKeysWithoutRepeatingThem(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretSettings(key))
            .withMessage("PREGAO_SECRET_KEY is 32 random bytes in Base64");
    }

    @Test
    void settingsAreNotPrinted() {
        assertThat(new SecretSettings(ONE).toString()).doesNotContain("AAEC");
    }

}
