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
 * {@code /api/catalog/{id}/live}: makes an analysis live, or ends its updates.
 */
@RestController
@RequestMapping("/api/catalog/{id}/live")
@SecurityRequirement(name = "token")
class LiveController {

    static final int MAX_LIVE_PER_USER = 5;

    private final AnalysisService analysisService;

    private final LiveAnalysisRepository repository;

    private final TransactionTemplate transactionTemplate;

    private final CatalogProperties properties;

    private final BlockingExecutor blockingExecutor;

    private final Clock clock;

    LiveController(AnalysisService analysisService, JdbcClient database, TransactionTemplate transactionTemplate,
            CatalogProperties properties, BlockingExecutor blockingExecutor, Clock clock) {
        this.analysisService = analysisService;
        this.repository = new LiveAnalysisRepository(database);
        this.transactionTemplate = transactionTemplate;
        this.properties = properties;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "enableLiveAnalysis",
            summary = "Updates a finished analysis with each new block and publishes entries as signals; up to 5 "
                    + "of yours at once")
    Mono<Void> enable(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.blockingExecutor.run(() -> {
            this.analysisService.getCompletedAnalysis(id, user.id());
            this.transactionTemplate.executeWithoutResult((status) -> {
                checkCapacity(this.repository.countOthers(id, user.id()));
                this.repository.enable(id, user.id(), this.clock);
            });
        });
    }

    private void checkCapacity(LiveAnalysisRepository.LiveAnalysisCounts counts) {
        if (counts.own() >= MAX_LIVE_PER_USER) {
            throw ProblemDefinition.conflict("too-many", "%d of your analyses are live".formatted(MAX_LIVE_PER_USER))
                .asException();
        }
        if (counts.own() >= FairShare.compute(MAX_LIVE_PER_USER, this.properties.maxLive(), counts.all())) {
            throw ProblemDefinition.unavailable("Too many analyses are live, of everybody").asException();
        }
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "disableLiveAnalysis", summary = "Stops updating an analysis")
    Mono<Void> disable(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.blockingExecutor.call(() -> this.repository.disable(id, user.id(), this.clock))
            .filter((isDisabled) -> isDisabled)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then();
    }

}
