package pregao.ingest.health;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Public endpoint that tells a sender that the service is running.
 */
@RestController
class HealthController {

    private final Clock clock;

    HealthController(Clock clock) {
        this.clock = clock;
    }

    @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getHealth", summary = "Returns the health of the service; public")
    HealthResponse health() {
        return new HealthResponse("healthy", this.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /**
     * Health response.
     *
     * @param status always {@code healthy}
     * @param timestamp the current time, ISO 8601 in seconds
     */
    record HealthResponse(String status, String timestamp) {
    }

}
