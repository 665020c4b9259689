package pregao.session.polarium;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Requests} and {@link Frame}.
 */
class RequestsTests {

    private static final String ACK = "{\"request_id\":\"%s\",\"name\":\"result\",\"msg\":{\"success\":%s,\"reason\":\"busy\"},\"status\":2000}";

    private final Requests<String> requests = new Requests<>();

    @Test
    void findsAReplyByItsIdWhateverItIsCalled() {
        String first = this.requests.add("first", false);
        String second = this.requests.add("second", false);
        assertThat(take("{\"request_id\":\"%s\",\"name\":\"odd\",\"status\":2000,\"msg\":[2]}".formatted(second)))
            .isInstanceOfSatisfying(Requests.End.Answered.class,
                    (answer) -> assertThat(answer.owner()).isEqualTo("second"));
        assertThat(take("{\"request_id\":\"%s\",\"name\":\"odd\",\"msg\":[1]}".formatted(first)))
            .isInstanceOf(Requests.End.Answered.class);
    }

    @Test
    void waitsOnAfterAnAcknowledgementThatIsFollowedByAnAnswer() {
        String id = this.requests.add("candles", false);
        assertThat(take(ACK.formatted(id, "true"))).isNull();
        assertThat(take(ACK.formatted(id, "true"))).isNull();
        assertThat(take("{\"request_id\":\"%s\",\"name\":\"candles\",\"msg\":{},\"status\":2000}".formatted(id)))
            .isNotNull();
        assertThat(take(ACK.formatted(id, "true"))).as("too late").isNull();
    }

    @Test
    void endsAtAnAcknowledgementThatNothingFollows() {
        assertThat(take(ACK.formatted(this.requests.add("subscribe", true), "true")))
            .isInstanceOf(Requests.End.Answered.class);
    }

    @Test
    void endsAtAnAcknowledgementThatSaysNo() {
        String id = this.requests.add("order", false);
        assertThat(take(ACK.formatted(id, "false"))).isInstanceOfSatisfying(Requests.End.Refused.class,
                (no) -> assertThat(no.reason()).isEqualTo("busy"));
        assertThat(this.requests.give(id)).isNull();
    }

    @Test
    void takesAStatusOutsideOfTheGoodOnesForANo() {
        for (int status : new int[] { 4000, 4117, -6 }) {
            String id = this.requests.add("order", false);
            assertThat(take("{\"request_id\":\"%s\",\"name\":\"option\",\"msg\":{\"message\":\"no\"},\"status\":%d}"
                .formatted(id, status))).isInstanceOfSatisfying(Requests.End.Refused.class, (no) -> {
                    assertThat(no.status()).isEqualTo(status);
                    assertThat(no.reason()).isEqualTo("no");
                });
        }
    }

    @Test
    void givesUpEveryoneWhoWaits() {
        this.requests.add("a", false);
        this.requests.add("b", true);
        assertThat(this.requests.giveAll()).containsExactly("a", "b");
        assertThat(this.requests.giveAll()).isEmpty();
    }

    @Test
    void tellsTheThreeShapesOfFramesApart() {
        assertThat(Frame.read("{\"name\":\"timeSync\",\"msg\":1800000000250}")).isInstanceOf(Frame.Push.class);
        assertThat(Frame.read("{\"name\":\"candle-generated\",\"microserviceName\":\"quotes\",\"msg\":{}}"))
            .isInstanceOfSatisfying(Frame.Event.class,
                    (event) -> assertThat(event.is("quotes", "candle-generated")).isTrue());
        assertThat(Frame.read("{\"name\":\"authenticated\",\"msg\":false}")).isInstanceOf(Frame.Push.class);
        assertThat(Frame.read("{\"request_id\":\"1\",\"name\":\"authenticated\",\"msg\":true}"))
            .isInstanceOf(Frame.Reply.class);
        assertThat(Frame.read("<html>")).isInstanceOf(Frame.Push.class);
    }

    @Test
    void takesAnEmptyIdForNone() {
        assertThat(Frame.read("{\"request_id\":\"\",\"name\":\"authenticated\",\"msg\":false}"))
            .isInstanceOf(Frame.Push.class);
        assertThat(Frame.read("{\"request_id\":\"\",\"name\":\"timeSync\",\"msg\":1800000000250}"))
            .isInstanceOf(Frame.Push.class);
        assertThat(Frame.read("{\"request_id\":null,\"name\":\"front\",\"microserviceName\":\"\",\"msg\":\"ws\"}"))
            .isInstanceOf(Frame.Push.class);
        assertThat(Frame
            .read("{\"request_id\":\"\",\"name\":\"candle-generated\",\"microserviceName\":\"quotes\",\"msg\":{}}"))
            .isInstanceOf(Frame.Event.class);
    }

    private Requests.@Nullable End<String> take(String text) {
        return (Frame.read(text) instanceof Frame.Reply reply) ? this.requests.take(reply) : null;
    }

}
