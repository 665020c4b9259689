package pregao.indicators.coverage;

import java.time.Duration;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.indicators.query.CoverageQuery;

/**
 * Serves {@code GET /api/coverage}.
 */
@RestController
class CoverageController {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final CoverageService service;

    CoverageController(CoverageService service) {
        this.service = service;
    }

    @GetMapping("/api/coverage")
    @Operation(summary = "Returns the data quality of candles: gaps, freshness, and a score with its parts",
            description = "Without from and to: the last 7 days, of a replay the last 7 days of its data. At most 366 "
                    + "days; a long time makes pages smaller. Send next back as cursor for the next page.")
    @Parameter(name = "symbol", in = ParameterIn.QUERY, description = "of this symbol only", example = "EURUSD")
    @Parameter(name = "feed", in = ParameterIn.QUERY,
            description = "of this feed only; default with a symbol: the feed of the caller's key")
    @Parameter(name = "timeframe", in = ParameterIn.QUERY, description = "M1 (default), M5, M15, M30, H1, H4 or D1")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = "first open time, inclusive")
    @Parameter(name = "to", in = ParameterIn.QUERY, description = "end, exclusive; after from")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "instruments a page, 1 to 50, default 20")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "next of the previous page")
    Mono<CoverageService.CoveragePage> coverage(@Parameter(hidden = true) @RequestParam Map<String, String> parameters,
            @Parameter(hidden = true) @AuthenticationPrincipal Jwt caller) {
        return Mono.fromCallable(() -> CoverageQuery.of(parameters, caller.getClaimAsString("feed")))
            .flatMap(this.service::read)
            .timeout(REQUEST_TIMEOUT);
    }

}
