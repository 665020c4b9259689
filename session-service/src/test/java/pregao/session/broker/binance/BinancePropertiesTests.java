package pregao.session.broker.binance;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Sensitive;
import pregao.session.broker.api.TradingMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BinanceProperties}.
 */
class BinancePropertiesTests {

    @Test
    void isTheTestNetworkUnlessToldOtherwise() {
        BinanceProperties properties = bound(Map.of());
        assertThat(properties.rest()).hasHost("testnet.binance.vision");
        assertThat(properties.api()).hasHost("ws-api.testnet.binance.vision");
        assertThat(properties.streams()).hasHost("stream.testnet.binance.vision");
        assertThat(properties.realMoney()).isFalse();
        assertThat(properties.tradingMode()).isEqualTo(TradingMode.DEMO);
    }

    @Test
    void readsEachSetting() {
        BinanceProperties properties = bound(Map.of("binance.rest", "https://api.binance.com/api", "binance.api",
                "wss://ws-api.binance.com/ws-api/v3", "binance.streams", "wss://stream.binance.com:9443",
                "binance.real-money", "true"));
        assertThat(properties).isEqualTo(settings("https://api.binance.com/api", "wss://ws-api.binance.com/ws-api/v3",
                "wss://stream.binance.com:9443", true));
        assertThat(properties.tradingMode()).isEqualTo(TradingMode.REAL);
    }

    @Test
    void goesWithoutTlsOnThisMachineOnly() {
        assertThat(BinanceSimulatorExtension.properties(7082).tradingMode()).isEqualTo(TradingMode.DEMO);
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
        Credentials.ApiKey key = BinanceSimulatorExtension.createKey("hunter1", "hunter2",
                Credentials.ApiKey.Kind.HMAC);
        assertThat(key + " " + new Sensitive("hunter3")).doesNotContain("hunter");
    }

    private static BinanceProperties bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("binance", BinanceProperties.class);
    }

    private static BinanceProperties settings(String rest, String api, String streams, boolean realMoney) {
        return new BinanceProperties(URI.create(rest), URI.create(api), URI.create(streams), realMoney);
    }

}
