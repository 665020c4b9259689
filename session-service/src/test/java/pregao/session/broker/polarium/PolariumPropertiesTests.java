package pregao.session.broker.polarium;

import java.net.URI;
import java.util.Locale;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.Sensitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PolariumProperties}, {@link Sensitive} and
 * {@link OrderResponseMapper}.
 */
class PolariumPropertiesTests {

    @Test
    void goesWithoutTlsOnThisMachineOnly() {
        assertThat(properties("https://api.broker.example", "wss://ws.broker.example/echo").realMoney()).isFalse();
        assertThat(properties("http://127.0.0.1:7081", "ws://127.0.0.1:7081/echo")).isNotNull();
        assertThatIllegalArgumentException()
            .isThrownBy(() -> properties("http://api.broker.example", "wss://ws.broker.example/echo"))
            .withMessageContaining("https://");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> properties("https://api.broker.example", "ws://127.0.0.1.broker.example/echo"))
            .withMessageContaining("wss://");
    }

    @Test
    void saysWhoCallsOnEachConnection() {
        PolariumProperties properties = calling("82", "Some agent/1.0");
        HttpHeaders headers = new DefaultHttpHeaders();
        properties.addHeaders(headers);
        assertThat(headers.get("Origin")).isEqualTo("https://a.example");
        assertThat(headers.get("Cookie")).isEqualTo("platform=82");
        assertThat(headers.get("User-Agent")).isEqualTo("Some agent/1.0");
        HttpHeaders usual = new DefaultHttpHeaders();
        calling("", "").addHeaders(usual);
        assertThat(usual.names()).containsExactly("origin");
        assertThatIllegalArgumentException().isThrownBy(() -> calling("82; ssid=x", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> calling("", "agent\r\nX-Other: 1"));
    }

    private static PolariumProperties calling(String platform, String agent) {
        URI address = URI.create("https://a.example");
        return new PolariumProperties(address, address, URI.create("wss://a.example"), "https://a.example", 0, null,
                false, platform, agent);
    }

    @Test
    void showsNoSecret() {
        Sensitive secret = new Sensitive("hunter2");
        String shown = new Credentials.Password(secret, secret) + " " + new Credentials.Session(secret) + " "
                + new Credentials.OAuth2(secret, secret) + " "
                + new PolariumProperties(URI.create("https://a.example"), URI.create("https://a.example"),
                        URI.create("wss://a.example"), "https://a.example", 1, secret, false, "", "");
        assertThat(shown.toLowerCase(Locale.ROOT)).doesNotContain("hunter2");
    }

    @Test
    void understandsTheBrokersRefusals() {
        assertThat(why(4119, "Cannot purchase an option (active is suspended)"))
            .isEqualTo(PlaceOrderResult.RejectReason.CLOSED);
        assertThat(why(0, "Cannot purchase an option (the asset is not available at the moment)."))
            .isEqualTo(PlaceOrderResult.RejectReason.CLOSED);
        assertThat(why(0, "Time for purchasing options is over, please try again later."))
            .isEqualTo(PlaceOrderResult.RejectReason.TOO_LATE);
        assertThat(why(0, "Insufficient funds for this transaction."))
            .isEqualTo(PlaceOrderResult.RejectReason.NO_FUNDS);
        assertThat(why(0, "Active 9 not found.")).isEqualTo(PlaceOrderResult.RejectReason.NOT_TRADED);
        assertThat(why(4220, "{}")).isEqualTo(PlaceOrderResult.RejectReason.INVALID);
        JsonNode moved = JsonTrees.parse("{\"actual_commission\":{\"commission\":14}}");
        assertThat(OrderResponseMapper.toRefused(4117, "profit rate change", moved, 86)).isEqualTo(
                new PlaceOrderResult.Refused(PlaceOrderResult.RejectReason.PAYOUT_CHANGED, "profit rate change", 86));
        assertThat(OrderResponseMapper.toRefused(4117, "profit rate change", moved, 87)).isEqualTo(
                new PlaceOrderResult.Refused(PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW, "profit rate change", 86));
        assertThat(OrderResponseMapper.toRefused(4117, "", JsonTrees.createObject(), 87))
            .isEqualTo(new PlaceOrderResult.Refused(PlaceOrderResult.RejectReason.PAYOUT_CHANGED, "", null));
    }

    @Test
    void understandsWhatTheBrokerPays() {
        assertThat(OrderResponseMapper.resolvePayout(JsonTrees.parse("{\"profit_income\":186}"), 87)).isEqualTo(86);
        assertThat(OrderResponseMapper.resolvePayout(JsonTrees.createObject(), 87)).isEqualTo(87);
        assertThat(OrderResponseMapper.resolvePayout(JsonTrees.createObject(), null)).isNull();
    }

    private static PlaceOrderResult.RejectReason why(int status, String text) {
        PlaceOrderResult.Refused refused = (PlaceOrderResult.Refused) OrderResponseMapper.toRefused(status, text,
                JsonTrees.createObject(), 1);
        return refused.why();
    }

    private static PolariumProperties properties(String http, String socket) {
        return new PolariumProperties(URI.create(http), URI.create(http), URI.create(socket), http, 0, null, false, "",
                "");
    }

}
