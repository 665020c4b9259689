package pregao.indicators.instruments;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.indicators.query.InstrumentsQuery;

/**
 * Serves {@code GET /api/instruments}.
 */
@RestController
class InstrumentsController {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final InstrumentRepository repository;

    InstrumentsController(InstrumentRepository repository) {
        this.repository = repository;
    }

    @GetMapping("/api/instruments")
    @Operation(summary = "Lists the stored instruments, with their first and last candle")
    @Parameter(name = "feed", in = ParameterIn.QUERY, description = "of this feed only")
    Mono<InstrumentsResponse> instruments(@Parameter(hidden = true) @RequestParam Map<String, String> parameters) {
        return Mono.fromCallable(() -> InstrumentsQuery.of(parameters))
            .flatMap(this.repository::findInstruments)
            .map(InstrumentsResponse::new)
            .timeout(REQUEST_TIMEOUT);
    }

    /**
     * The response.
     *
     * @param items the instruments, in order of feed and symbol
     */
    record InstrumentsResponse(List<InstrumentResponse> items) {

        InstrumentsResponse {
            items = List.copyOf(items);
        }

    }

}
