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

    private static final int LISTED = 50;

    private final AnalysisService analyses;

    private final AnalysisRequestResolver resolving;

    private final BlockingExecutor blocking;

    CatalogController(AnalysisService analyses, AnalysisRequestResolver resolving, BlockingExecutor blocking) {
        this.analyses = analyses;
        this.resolving = resolving;
        this.blocking = blocking;
    }

    @PostMapping
    @Operation(operationId = "createAnalysis",
            summary = "Analyzes the last blocks of instruments by a pattern; {} analyzes all instruments of your feed, "
                    + "the five-candle minority, 100 blocks, two gales")
    Mono<ResponseEntity<AnalysisResponse>> analyse(@AuthenticationPrincipal AuthenticatedUser person,
            @RequestHeader(name = NameBasedUuid.KEY, required = false) @Nullable String key,
            @RequestBody CreateAnalysisRequest wish) {
        UUID id = NameBasedUuid.ofKey(person.id(), "catalog", key);
        return this.blocking
            .call(() -> this.analyses.add(id, person.id(), this.resolving.analysis(wish, person), wish.wantsAll()))
            .map((item) -> ResponseEntity.accepted().location(URI.create("/api/catalog/" + item.id())).body(item));
    }

    @GetMapping
    @Operation(operationId = "listAnalyses", summary = "Lists your 50 newest analyses with short results")
    Mono<AnalysesResponse> analyses(@AuthenticationPrincipal AuthenticatedUser person) {
        return this.blocking.call(() -> new AnalysesResponse(this.analyses.of(person.id(), LISTED)));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getAnalysis",
            summary = "Returns an analysis: its progress, then the ranking with the significance of each rate")
    Mono<AnalysisResponse.AnalysisDetailResponse> analysis(@AuthenticationPrincipal AuthenticatedUser person,
            @PathVariable UUID id) {
        return this.blocking.call(() -> this.analyses.find(id, person.id()).orElse(null))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAnalysis", summary = "Cancels an analysis, or deletes one that has ended")
    Mono<Void> remove(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return this.blocking.call(() -> this.analyses.cancel(id, person.id()))
            .filter((cancelled) -> cancelled)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then();
    }

    /**
     * The answer.
     *
     * @param items the newest first
     */
    record AnalysesResponse(List<AnalysisResponse> items) {

    }

}
