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
 * {@code /api/catalog/patterns}.
 */
@RestController
@RequestMapping("/api/catalog/patterns")
@SecurityRequirement(name = "token")
class PatternController {

    private final PatternRepository own;

    private final BlockingExecutor blocking;

    private final byte[] schema;

    PatternController(PatternRepository own, BlockingExecutor blocking) throws IOException {
        this.own = own;
        this.blocking = blocking;
        this.schema = new ClassPathResource("pattern.schema.json", PatternController.class).getContentAsByteArray();
    }

    @GetMapping
    @Operation(operationId = "listPatterns", summary = "Lists the preset patterns, the default first, and your own")
    Mono<PatternsResponse> patterns(@AuthenticationPrincipal AuthenticatedUser person) {
        return this.blocking.call(() -> new PatternsResponse(
                PatternPresets.ALL.stream().map((pattern) -> PatternResponse.of(null, pattern)).toList(),
                this.own.of(person.id())));
    }

    @GetMapping(path = "/schema", produces = "application/schema+json")
    @Operation(operationId = "getPatternSchema", summary = "Returns the JSON schema (2020-12) of patterns")
    byte[] schema() {
        return this.schema.clone();
    }

    @PutMapping("/{id}")
    @Operation(operationId = "updatePattern",
            summary = "Creates or replaces one of your patterns; you choose the id, a UUID",
            description = "The body replaces the whole pattern: what is missing has its default.")
    Mono<PatternResponse> put(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @RequestBody CreatePatternRequest wish) {
        PatternResponse item = wish.toItem(id);
        FieldValidator fields = new FieldValidator();
        fields.require(PatternPresets.ALL.stream().map(Pattern::name).noneMatch(item.name()::equalsIgnoreCase), "name",
                "a name that none of the patterns has that everybody has");
        fields.check();
        return this.blocking.run(() -> this.own.put(person.id(), item)).thenReturn(item);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deletePattern", summary = "Deletes one of your patterns; its analyses stay")
    Mono<Void> remove(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return this.blocking.call(() -> this.own.remove(person.id(), id))
            .filter((removed) -> removed)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then();
    }

    /**
     * The answer.
     *
     * @param presets those that everybody has, the default first
     * @param own one's own, by name
     */
    record PatternsResponse(List<PatternResponse> presets, List<PatternResponse> own) {

    }

}
