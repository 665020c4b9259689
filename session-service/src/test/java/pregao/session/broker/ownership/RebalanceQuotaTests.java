package pregao.session.broker.ownership;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RebalanceQuotaTests {

    @ParameterizedTest
    @CsvSource({ "1, 10, 0, 10", "2, 10, 0, 5", "2, 10, 5, 0", "2, 10, 9, 0", "3, 10, 2, 2", "2, 1, 0, 1",
            "0, 10, 0, 0" })
    void isEven(long living, long wanted, long mine, int expected) {
        assertThat(new RebalanceQuota(living, wanted, mine).computeRemaining()).isEqualTo(expected);
    }

    @Test
    void togetherReplicasTakeAll() {
        for (int living = 1; living < 8; living++) {
            for (int wanted = 0; wanted < 40; wanted++) {
                RebalanceQuota quota = new RebalanceQuota(living, wanted, 0);
                assertThat(quota.computeRemaining() * (long) living).isGreaterThanOrEqualTo(wanted);
            }
        }
    }

}
