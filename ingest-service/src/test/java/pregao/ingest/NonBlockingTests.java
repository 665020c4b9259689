package pregao.ingest;

import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that requests do not block an event loop: BlockHound turns each blocking call
 * into an error.
 */
@Tag("blockhound")
class NonBlockingTests {

    static {
        BlockHound.install();
    }

    @Test
    void blockHoundDetectsBlockingCall() {
        assertThatThrownBy(() -> Mono.fromCallable(() -> {
            Thread.sleep(1);
            return 1;
        }).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30)))
            .hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void requestsDoNotBlock() {
        try (IngestWebHarness door = IngestWebHarness.open()) {
            door.blockProducer(20);
            String candle = Items.candle().json();
            String ticks = "{\"ticks\":[" + Items.tick().json() + "]}";
            for (int i = 0; i < 20; i++) {
                assertAccepted(door.post("/ingest", candle));
                assertAccepted(door.post("/ingest_batch", "[" + candle + "]"));
                assertAccepted(door.post("/ingest/tick", ticks));
            }
        }
    }

    private static void assertAccepted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

}
