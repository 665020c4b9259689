package pregao.gateway;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pregao.testsupport.BlockHoundSupport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that BlockHound, under which all tests of the gateway run, detects blocking
 * calls.
 */
class EventLoopsTests {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    @Test
    void mustNotBlock() {
        assertThatThrownBy(() -> Mono.fromCallable(() -> {
            Thread.sleep(1);
            return 1;
        }).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30)))
            .hasRootCauseInstanceOf(BlockingOperationError.class);
    }

}
