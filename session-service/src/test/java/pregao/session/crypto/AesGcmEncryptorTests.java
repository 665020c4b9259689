package pregao.session.crypto;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link AesGcmEncryptor} and its settings.
 */
class AesGcmEncryptorTests {

    private static final String ONE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String TWO = "/wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final byte[] PLAIN = "a secret".getBytes(StandardCharsets.UTF_8);

    private final AesGcmEncryptor box = new AesGcmEncryptor(new EncryptionProperties(ONE));

    @Test
    void givesBackWhatWasEncrypted() {
        byte[] sealed = this.box.encrypt("totp:1", PLAIN);
        assertThat(this.box.decrypt("totp:1", sealed)).isEqualTo(PLAIN);
        assertThat(this.box.encrypt("totp:1", PLAIN)).isNotEqualTo(sealed);
    }

    @Test
    void givesNothingForAnotherPurpose() {
        byte[] sealed = this.box.encrypt("totp:1", PLAIN);
        assertThatThrownBy(() -> this.box.decrypt("totp:2", sealed)).isInstanceOf(DecryptionException.class);
    }

    @Test
    void givesNothingWhereAnyByteWasAltered() {
        byte[] sealed = this.box.encrypt("totp:1", PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> this.box.decrypt("totp:1", altered)).as("byte " + i)
                .isInstanceOf(DecryptionException.class);
        }
        assertThatThrownBy(() -> this.box.decrypt("totp:1", new byte[3])).isInstanceOf(DecryptionException.class);
    }

    @Test
    void readsWhatAnOlderKeyEncryptedAndEncryptsByTheFirst() {
        byte[] old = this.box.encrypt("x", PLAIN);
        AesGcmEncryptor both = new AesGcmEncryptor(new EncryptionProperties(TWO + "," + ONE));
        assertThat(both.decrypt("x", old)).isEqualTo(PLAIN);
        byte[] sealed = both.encrypt("x", PLAIN);
        assertThat(new AesGcmEncryptor(new EncryptionProperties(TWO)).decrypt("x", sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> this.box.decrypt("x", sealed)).isInstanceOf(DecryptionException.class)
            .hasMessageContaining("PREGAO_SECRET_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "c2hvcnQ=", "not base64 at all", ONE + "," })
    void settingsRefuseOtherKeysWithoutRepeatingThem(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EncryptionProperties(key))
            .withMessage("PREGAO_SECRET_KEY is 32 random bytes in Base64");
    }

    @Test
    void settingsAreNotPrinted() {
        assertThat(new EncryptionProperties(ONE).toString()).doesNotContain("AAEC");
    }

}
