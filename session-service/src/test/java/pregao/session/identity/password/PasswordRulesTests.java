package pregao.session.identity.password;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link PasswordRules} and {@link PasswordStrength}.
 */
class PasswordRulesTests {

    private static final String EMAIL = "maria.souza@corretora.example";

    @ParameterizedTest
    @ValueSource(strings = { "correct horse battery staple", "o gato subiu no telhado", "Xk7#pQ9z!Lm2vR4t",
            "caf\u00e9 com p\u00e3o quente", "jq8wd0zm4xr5tbn", "vinte e tr\u00eas barcos azuis" })
    void takesWhatIsHardToGuess(String password) {
        assertThatCode(() -> check(password)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Xk7#pQ9z!Lm2vR", "fourteen chars" })
    void refusesFewerThanFifteenCharacters(String password) {
        refuses(password);
    }

    @ParameterizedTest
    @ValueSource(strings = { "passwordpassword", "Password12345678", "P@ssw0rdP@ssw0rd!", "senhasenha123456",
            "S3nh@Segredo2024", "administrador2025", "iloveyouiloveyou", "brasil2022brasil", "tradertradertrader",
            "Binance Polarium 1", "flamengoflamengo1" })
    void refusesWordsThatEverybodyUses(String password) {
        refuses(password);
    }

    @ParameterizedTest
    @ValueSource(strings = { "aaaaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "xk7qxk7qxk7qxk7q", "1234567890123456",
            "abcdefghijklmnopq", "zyxwvutsrqponmlk", "abcd1234efgh5678" })
    void refusesRepeatsAndSequences(String password) {
        refuses(password);
    }

    @ParameterizedTest
    @ValueSource(strings = { "qwertyuiopasdfgh", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u8i", "zxcvbnmasdfghjkl",
            "poiuytrewqlkjhgf" })
    void refusesKeysSideBySide(String password) {
        refuses(password);
    }

    @ParameterizedTest
    @ValueSource(strings = { "maria.souza tem uma senha", "Maria.Souza!xk7q9zLm2v", "souza maria souza1",
            "corretora maria 1", "my preg\u00e3o has xk7q9z", "the PREGAO of xk7q9z" })
    void refusesTheOwnersAddressAndTheProduct(String password) {
        refuses(password);
    }

    private static void refuses(String password) {
        assertThatExceptionOfType(ProblemException.class).as(password).isThrownBy(() -> check(password));
    }

    private static void check(String password) {
        FieldValidator fields = new FieldValidator();
        PasswordRules.check(fields, "password", password, EMAIL);
        fields.check();
    }

}
