package pregao.strategy.catalog.pattern;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternPresets;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/catalog/patterns}: the preset patterns and the patterns of users.
 */
@RestController
@RequestMapping("/api/catalog/patterns")
@SecurityRequirement(name = "token")
class PatternController {

    private final PatternRepository repository;

    private final BlockingExecutor blockingExecutor;

    private final byte[] schema;

    PatternController(PatternRepository repository, BlockingExecutor blockingExecutor) throws IOException {
        this.repository = repository;
        this.blockingExecutor = blockingExecutor;
        this.schema = new ClassPathResource("pattern.schema.json", PatternController.class).getContentAsByteArray();
    }

    @GetMapping
    @Operation(operationId = "listPatterns", summary = "Lists the preset patterns, the default first, and your own")
    Mono<PatternsResponse> listPatterns(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.blockingExecutor.call(() -> new PatternsResponse(
                PatternPresets.ALL.stream().map((pattern) -> PatternResponse.of(null, pattern)).toList(),
                this.repository.findAll(user.id())));
    }

    @GetMapping(path = "/schema", produces = "application/schema+json")
    @Operation(operationId = "getPatternSchema", summary = "Returns the JSON schema (2020-12) of patterns")
    byte[] getSchema() {
        return this.schema.clone();
    }

    @PutMapping("/{id}")
    @Operation(operationId = "updatePattern",
            summary = "Creates or replaces one of your patterns; you choose the id, a UUID",
            description = "The body replaces the whole pattern: what is missing has its default.")
    Mono<PatternResponse> updatePattern(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @RequestBody CreatePatternRequest request) {
        PatternResponse pattern = request.toResponse(id);
        FieldValidator validator = new FieldValidator();
        validator.require(PatternPresets.ALL.stream().map(Pattern::name).noneMatch(pattern.name()::equalsIgnoreCase),
                "name", "a name that none of the patterns has that everybody has");
        validator.check();
        return this.blockingExecutor.run(() -> this.repository.save(user.id(), pattern)).thenReturn(pattern);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deletePattern", summary = "Deletes one of your patterns; its analyses stay")
    Mono<Void> deletePattern(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.blockingExecutor.call(() -> this.repository.delete(user.id(), id))
            .filter((isDeleted) -> isDeleted)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then();
    }

    /**
     * The response.
     *
     * @param presets the preset patterns, the default first
     * @param own the patterns of the user, by name
     */
    record PatternsResponse(List<PatternResponse> presets, List<PatternResponse> own) {

    }

}
