package pregao.session.binance;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import pregao.session.broker.BrokerAccount;
import pregao.session.broker.Credentials;
import pregao.session.broker.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BinanceSettings}.
 */
class BinanceSettingsTests {

    @Test
    void isTheTestNetworkUnlessToldOtherwise() {
        BinanceSettings settings = bound(Map.of());
        assertThat(settings.rest()).hasHost("testnet.binance.vision");
        assertThat(settings.api()).hasHost("ws-api.testnet.binance.vision");
        assertThat(settings.streams()).hasHost("stream.testnet.binance.vision");
        assertThat(settings.realMoney()).isFalse();
        assertThat(settings.account()).isEqualTo(BrokerAccount.DEMO);
    }

    @Test
    void readsEachSetting() {
        BinanceSettings settings = bound(Map.of("binance.rest", "https://api.binance.com/api", "binance.api",
                "wss://ws-api.binance.com/ws-api/v3", "binance.streams", "wss://stream.binance.com:9443",
                "binance.real-money", "true"));
        assertThat(settings).isEqualTo(settings("https://api.binance.com/api", "wss://ws-api.binance.com/ws-api/v3",
                "wss://stream.binance.com:9443", true));
        assertThat(settings.account()).isEqualTo(BrokerAccount.REAL);
    }

    @Test
    void goesWithoutTlsOnThisMachineOnly() {
        assertThat(Simulated.settings(7082).account()).isEqualTo(BrokerAccount.DEMO);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> settings("http://testnet.binance.vision/api", "ws://localhost/", "ws://localhost", false))
            .withMessageContaining("https://");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> settings("http://localhost/api", "ws://127.0.0.1.evil.example/", "ws://localhost", false))
            .withMessageContaining("wss://");
    }

    @Test
    void goesToRealMoneyOnlyWhenToldTo() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> settings("https://api.binance.com/api", "wss://ws-api.binance.com/ws-api/v3",
                    "wss://stream.binance.com:9443", false))
            .withMessageContaining("switch real money on");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> settings("https://nottestnet.binance.vision.example/api", "wss://x.example",
                    "wss://x.example", false))
            .withMessageContaining("switch real money on");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> settings("https://testnet.binance.vision/api", "wss://ws-api.binance.com/ws-api/v3",
                    "wss://stream.testnet.binance.vision", true))
            .withMessageContaining("all be of the test network");
    }

    @Test
    void showsNoSecret() {
        Credentials.ApiKey key = Simulated.key("hunter1", "hunter2", Credentials.ApiKey.Kind.HMAC);
        assertThat(key + " " + new Secret("hunter3")).doesNotContain("hunter");
    }

    private static BinanceSettings bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("binance", BinanceSettings.class);
    }

    private static BinanceSettings settings(String rest, String api, String streams, boolean realMoney) {
        return new BinanceSettings(URI.create(rest), URI.create(api), URI.create(streams), realMoney);
    }

}
