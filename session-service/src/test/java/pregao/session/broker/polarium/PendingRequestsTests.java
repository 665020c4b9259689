package pregao.session.broker.polarium;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PendingRequests} and {@link MessageFrame}.
 */
class PendingRequestsTests {

    private static final String ACK = "{\"request_id\":\"%s\",\"name\":\"result\",\"msg\":{\"success\":%s,\"reason\":\"busy\"},\"status\":2000}";

    private final PendingRequests<String> requests = new PendingRequests<>();

    @Test
    void findsAReplyByItsIdWhateverItIsCalled() {
        String first = this.requests.register("first", false);
        String second = this.requests.register("second", false);
        assertThat(take("{\"request_id\":\"%s\",\"name\":\"odd\",\"status\":2000,\"msg\":[2]}".formatted(second)))
            .isInstanceOfSatisfying(PendingRequests.Completion.Succeeded.class,
                    (answer) -> assertThat(answer.owner()).isEqualTo("second"));
        assertThat(take("{\"request_id\":\"%s\",\"name\":\"odd\",\"msg\":[1]}".formatted(first)))
            .isInstanceOf(PendingRequests.Completion.Succeeded.class);
    }

    @Test
    void waitsOnAfterAnAcknowledgementThatIsFollowedByAnAnswer() {
        String id = this.requests.register("candles", false);
        assertThat(take(ACK.formatted(id, "true"))).isNull();
        assertThat(take(ACK.formatted(id, "true"))).isNull();
        assertThat(take("{\"request_id\":\"%s\",\"name\":\"candles\",\"msg\":{},\"status\":2000}".formatted(id)))
            .isNotNull();
        assertThat(take(ACK.formatted(id, "true"))).as("too late").isNull();
    }

    @Test
    void endsAtAnAcknowledgementThatNothingFollows() {
        assertThat(take(ACK.formatted(this.requests.register("subscribe", true), "true")))
            .isInstanceOf(PendingRequests.Completion.Succeeded.class);
    }

    @Test
    void endsAtAnAcknowledgementThatSaysNo() {
        String id = this.requests.register("order", false);
        assertThat(take(ACK.formatted(id, "false"))).isInstanceOfSatisfying(PendingRequests.Completion.Refused.class,
                (refusal) -> assertThat(refusal.reason()).isEqualTo("busy"));
        assertThat(this.requests.remove(id)).isNull();
    }

    @Test
    void takesAStatusOutsideOfTheGoodOnesForANo() {
        for (int status : new int[] { 4000, 4117, -6 }) {
            String id = this.requests.register("order", false);
            assertThat(take("{\"request_id\":\"%s\",\"name\":\"option\",\"msg\":{\"message\":\"no\"},\"status\":%d}"
                .formatted(id, status))).isInstanceOfSatisfying(PendingRequests.Completion.Refused.class, (refusal) -> {
                    assertThat(refusal.status()).isEqualTo(status);
                    assertThat(refusal.reason()).isEqualTo("no");
                });
        }
    }

    @Test
    void givesUpEveryoneWhoWaits() {
        this.requests.register("a", false);
        this.requests.register("b", true);
        assertThat(this.requests.removeAll()).containsExactly("a", "b");
        assertThat(this.requests.removeAll()).isEmpty();
    }

    @Test
    void tellsTheThreeShapesOfFramesApart() {
        assertThat(MessageFrame.parse("{\"name\":\"timeSync\",\"msg\":1800000000250}"))
            .isInstanceOf(MessageFrame.Push.class);
        assertThat(MessageFrame.parse("{\"name\":\"candle-generated\",\"microserviceName\":\"quotes\",\"msg\":{}}"))
            .isInstanceOfSatisfying(MessageFrame.Event.class,
                    (event) -> assertThat(event.matches("quotes", "candle-generated")).isTrue());
        assertThat(MessageFrame.parse("{\"name\":\"authenticated\",\"msg\":false}"))
            .isInstanceOf(MessageFrame.Push.class);
        assertThat(MessageFrame.parse("{\"request_id\":\"1\",\"name\":\"authenticated\",\"msg\":true}"))
            .isInstanceOf(MessageFrame.Reply.class);
        assertThat(MessageFrame.parse("<html>")).isInstanceOf(MessageFrame.Push.class);
    }

    @Test
    void takesAnEmptyIdForNone() {
        assertThat(MessageFrame.parse("{\"request_id\":\"\",\"name\":\"authenticated\",\"msg\":false}"))
            .isInstanceOf(MessageFrame.Push.class);
        assertThat(MessageFrame.parse("{\"request_id\":\"\",\"name\":\"timeSync\",\"msg\":1800000000250}"))
            .isInstanceOf(MessageFrame.Push.class);
        assertThat(
                MessageFrame.parse("{\"request_id\":null,\"name\":\"front\",\"microserviceName\":\"\",\"msg\":\"ws\"}"))
            .isInstanceOf(MessageFrame.Push.class);
        assertThat(MessageFrame
            .parse("{\"request_id\":\"\",\"name\":\"candle-generated\",\"microserviceName\":\"quotes\",\"msg\":{}}"))
            .isInstanceOf(MessageFrame.Event.class);
    }

    private PendingRequests.@Nullable Completion<String> take(String text) {
        return (MessageFrame.parse(text) instanceof MessageFrame.Reply reply) ? this.requests.complete(reply) : null;
    }

}
