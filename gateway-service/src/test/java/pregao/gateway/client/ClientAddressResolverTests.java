package pregao.gateway.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ClientAddressResolver}.
 */
class ClientAddressResolverTests {

    private final ClientAddressResolver callers = new ClientAddressResolver(
            new TrustedProxyProperties(List.of(CidrRange.valueOf("10.0.0.0/8"))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            203.0.113.9 | -                                 | 203.0.113.9
            203.0.113.9 | 198.51.100.1                      | 203.0.113.9
            203.0.113.9 | 10.0.0.1                          | 203.0.113.9
            10.0.0.1    | -                                 | 10.0.0.1
            10.0.0.1    | 198.51.100.1                      | 198.51.100.1
            10.0.0.1    | 192.0.2.66, 198.51.100.1          | 198.51.100.1
            10.0.0.1    | 192.0.2.66, 198.51.100.1,10.0.0.2 | 198.51.100.1
            10.0.0.1    | 10.0.0.3, 10.0.0.2                | 10.0.0.3
            10.0.0.1    | 198.51.100.1:5060                 | 198.51.100.1
            10.0.0.1    | [2001:db8::5]:443                 | 2001:db8:0:0:0:0:0:5
            10.0.0.1    | 2001:db8::5                       | 2001:db8:0:0:0:0:0:5
            10.0.0.1    | localhost                         | 10.0.0.1
            10.0.0.1    | 198.51.100.1, unknown             | 10.0.0.1
            10.0.0.1    | 198.51.100.1, unknown, 10.0.0.2   | 10.0.0.2
            10.0.0.1    | ,                                 | 10.0.0.1
            """)
    void believesWhatTrustedProxiesWroteAndNoMore(String sender, String header, String caller) {
        MockServerHttpRequest.BaseBuilder<?> request = request(sender);
        if (header != null) {
            request.header("X-Forwarded-For", header);
        }
        assertThat(this.callers.resolve(MockServerWebExchange.from(request)).address()).isEqualTo(caller);
    }

    @Test
    void readsRepeatedHeadersAsOne() {
        MockServerHttpRequest.BaseBuilder<?> request = request("10.0.0.1").header("X-Forwarded-For", "192.0.2.66")
            .header("X-Forwarded-For", "198.51.100.1");
        assertThat(this.callers.resolve(MockServerWebExchange.from(request)).address()).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource({ "10.0.0.1, https, true", "10.0.0.1, http, false", "203.0.113.9, https, false" })
    void believesTrustedProxiesThatItCameOverTls(String sender, String scheme, boolean secure) {
        MockServerHttpRequest.BaseBuilder<?> request = request(sender).header("X-Forwarded-Proto", scheme);
        assertThat(this.callers.resolve(MockServerWebExchange.from(request)).secure()).isEqualTo(secure);
    }

    @Test
    void trustsNobodyByDefaultAndMapsWhomToTrust() {
        assertThat(bound(Map.of()).trustedProxies()).isEmpty();
        assertThat(bound(Map.of("pregao.trusted-proxies", "10.0.0.0/8,::1")).trustedProxies())
            .containsExactly(CidrRange.valueOf("10.0.0.0/8"), CidrRange.valueOf("::1"));
    }

    private static MockServerHttpRequest.BaseBuilder<?> request(String sender) {
        return MockServerHttpRequest.get("/")
            .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(sender), 40_000));
    }

    private static TrustedProxyProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao",
                TrustedProxyProperties.class);
    }

}
