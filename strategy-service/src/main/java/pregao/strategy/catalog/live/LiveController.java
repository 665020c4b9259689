package pregao.strategy.catalog.live;

import java.time.Clock;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.catalog.AnalysisService;
import pregao.strategy.catalog.CatalogProperties;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.job.FairShare;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/catalog/{id}/live}: whether an analysis is kept up to date.
 */
@RestController
@RequestMapping("/api/catalog/{id}/live")
@SecurityRequirement(name = "token")
class LiveController {

    static final int MAX_COUNT = 5;

    private final AnalysisService analyses;

    private final LiveAnalysisRepository table;

    private final TransactionTemplate transaction;

    private final CatalogProperties limits;

    private final BlockingExecutor blocking;

    private final Clock clock;

    LiveController(AnalysisService analyses, JdbcClient database, TransactionTemplate transaction,
            CatalogProperties limits, BlockingExecutor blocking, Clock clock) {
        this.analyses = analyses;
        this.table = new LiveAnalysisRepository(database);
        this.transaction = transaction;
        this.limits = limits;
        this.blocking = blocking;
        this.clock = clock;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "enableLiveAnalysis",
            summary = "Updates a finished analysis with each new block and publishes entries as signals; up to 5 "
                    + "of yours at once")
    Mono<Void> goOn(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return this.blocking.run(() -> {
            this.analyses.done(id, person.id());
            this.transaction.executeWithoutResult((status) -> {
                mustHaveRoom(this.table.others(id, person.id()));
                this.table.put(id, person.id(), this.clock);
            });
        });
    }

    private void mustHaveRoom(LiveAnalysisRepository.LiveAnalysisCounts others) {
        if (others.own() >= MAX_COUNT) {
            throw ProblemDefinition.conflict("too-many", "%d of your analyses are live".formatted(MAX_COUNT))
                .asException();
        }
        if (others.own() >= FairShare.of(MAX_COUNT, this.limits.maxLive(), others.all())) {
            throw ProblemDefinition.unavailable("Too many analyses are live, of everybody").asException();
        }
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "disableLiveAnalysis", summary = "Stops updating an analysis")
    Mono<Void> end(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return this.blocking.call(() -> this.table.end(id, person.id(), this.clock))
            .filter((ended) -> ended)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then();
    }

}
