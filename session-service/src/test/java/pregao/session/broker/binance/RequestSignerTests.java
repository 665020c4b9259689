package pregao.session.broker.binance;

import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Sensitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RequestSigner} and {@link RestRequest}.
 */
class RequestSignerTests {

    private static final String ID = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";

    private static final String PAYLOAD = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
            + "&recvWindow=5000&timestamp=1499827319559";

    /**
     * RFC 8032, section 7.1, test 2: the seed in PKCS#8, and the signature of one byte.
     */
    private static final String SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    private static final String SIGNATURE = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    @Test
    void signsAsTheBrokersExampleDoes() {
        RequestSigner key = key("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j",
                Credentials.ApiKey.Kind.HMAC);
        assertThat(key.sign(PAYLOAD)).isEqualTo("c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71");
        assertThat(key.appendSignature(PAYLOAD)).endsWith("&signature=" + key.sign(PAYLOAD));
    }

    @Test
    void signsWithAPrivateKeyAsPemOrBase64() {
        byte[] der = HexFormat.of().parseHex("302e020100300506032b657004220420" + SEED);
        String base64 = Base64.getEncoder().encodeToString(der);
        String pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        for (String secret : new String[] { base64, pem }) {
            RequestSigner key = key(secret, Credentials.ApiKey.Kind.ED25519);
            assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(key.sign("r")))).isEqualTo(SIGNATURE);
            assertThat(key.appendSignature("r")).as("Base64 is encoded for a query")
                .doesNotContain("+")
                .contains("%3D%3D");
        }
    }

    @Test
    void saysWhatASecretMustBeWithoutShowingIt() {
        assertThatIllegalArgumentException().isThrownBy(() -> key("hunter2", Credentials.ApiKey.Kind.ED25519))
            .withMessageContaining("PKCS#8")
            .withMessageNotContaining("hunter2")
            .withNoCause();
        assertThatIllegalArgumentException().isThrownBy(() -> key(" ", Credentials.ApiKey.Kind.HMAC));
        assertThat(key("hunter2", Credentials.ApiKey.Kind.HMAC)).hasToString("RequestSigner[HMAC]");
    }

    @Test
    void signsExactlyWhatIsSent() {
        RestRequest question = RestRequest.of("/v3/order", 1).with("symbol", "A&B=ç").with("limit", 5);
        assertThat(question.withTimestamp(7).toQueryString())
            .isEqualTo("symbol=A%26B%3D%C3%A7&limit=5&recvWindow=5000&timestamp=7");
    }

    private static RequestSigner key(String secret, Credentials.ApiKey.Kind kind) {
        return new RequestSigner(new Credentials.ApiKey(new Sensitive(ID), new Sensitive(secret), kind));
    }

}
