package pregao.strategy.catalog;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.security.AuthenticatedUser;
import pregao.strategy.signal.NameBasedUuid;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/catalog}: analyses of patterns on many instruments.
 */
@RestController
@RequestMapping("/api/catalog")
@SecurityRequirement(name = "token")
class CatalogController {

    private static final int MAX_LISTED = 50;

    private final AnalysisService analysisService;

    private final AnalysisRequestResolver requestResolver;

    private final BlockingExecutor blockingExecutor;

    CatalogController(AnalysisService analysisService, AnalysisRequestResolver requestResolver,
            BlockingExecutor blockingExecutor) {
        this.analysisService = analysisService;
        this.requestResolver = requestResolver;
        this.blockingExecutor = blockingExecutor;
    }

    @PostMapping
    @Operation(operationId = "createAnalysis",
            summary = "Analyzes the last blocks of instruments by a pattern; {} analyzes all instruments of your feed, "
                    + "the five-candle minority, 100 blocks, two gales")
    Mono<ResponseEntity<AnalysisResponse>> createAnalysis(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestHeader(name = NameBasedUuid.IDEMPOTENCY_KEY_HEADER,
                    required = false) @Nullable String idempotencyKey,
            @RequestBody CreateAnalysisRequest request) {
        UUID id = NameBasedUuid.ofKey(user.id(), "catalog", idempotencyKey);
        return this.blockingExecutor
            .call(() -> this.analysisService.create(id, user.id(), this.requestResolver.resolve(request, user),
                    request.coversWholeFeed()))
            .map((response) -> ResponseEntity.accepted()
                .location(URI.create("/api/catalog/" + response.id()))
                .body(response));
    }

    @GetMapping
    @Operation(operationId = "listAnalyses", summary = "Lists your 50 newest analyses with short results")
    Mono<AnalysesResponse> listAnalyses(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.blockingExecutor
            .call(() -> new AnalysesResponse(this.analysisService.findAll(user.id(), MAX_LISTED)));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getAnalysis",
            summary = "Returns an analysis: its progress, then the ranking with the significance of each rate")
    Mono<AnalysisResponse.AnalysisDetailResponse> getAnalysis(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id) {
        return this.blockingExecutor.call(() -> this.analysisService.find(id, user.id()).orElse(null))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAnalysis", summary = "Cancels an analysis, or deletes one that has ended")
    Mono<Void> deleteAnalysis(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.blockingExecutor.call(() -> this.analysisService.cancelOrDelete(id, user.id()))
            .filter((isDeleted) -> isDeleted)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then();
    }

    /**
     * The response.
     *
     * @param items the analyses, newest first
     */
    record AnalysesResponse(List<AnalysisResponse> items) {

    }

}
