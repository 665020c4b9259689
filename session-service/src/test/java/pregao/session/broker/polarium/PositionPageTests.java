package pregao.session.broker.polarium;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PositionPage}.
 */
class PositionPageTests {

    private static final String TWO = "\"positions\":[{\"external_id\":1},{\"external_id\":2}]";

    @Test
    void isJudgedByTheBrokersLimit() {
        assertThat(page(TWO).isLast(2)).isTrue();
        assertThat(page(TWO + ",\"limit\":3").isLast(2)).isTrue();
        assertThat(page(TWO + ",\"limit\":2").isLast(2)).isFalse();
        assertThat(page(TWO + ",\"limit\":0").isLast(2)).isTrue();
        assertThat(page(TWO + ",\"limit\":1000").isLast(2)).isTrue();
    }

    @Test
    void isJudgedByTheBrokersTotalWhereItIsTold() {
        assertThat(page(TWO + ",\"limit\":100,\"total\":3").isLast(2)).isFalse();
        assertThat(page(TWO + ",\"limit\":2,\"total\":4").isLast(4)).isTrue();
        assertThat(page("\"positions\":[],\"limit\":2,\"total\":9").isLast(4)).as("nothing more comes").isTrue();
    }

    private static PositionPage page(String fields) {
        return PositionPage.of(JsonTrees.parse("{" + fields + "}"), 100);
    }

}
