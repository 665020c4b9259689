package pregao.strategy.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
import tools.jackson.databind.JsonNode;

import pregao.market.rule.Strategy;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/backtests/strategies}: the preset strategies and those of the user.
 */
@RestController
@RequestMapping("/api/backtests/strategies")
@SecurityRequirement(name = "token")
class StrategyController {

    /** Loaded at startup, because an event-loop thread must not read files. */
    private final String getSchema = StrategyPresets.SCHEMA;

    private final StrategyRepository listStrategies;

    private final BlockingExecutor blocking;

    StrategyController(StrategyRepository strategies, BlockingExecutor blocking) {
        this.listStrategies = strategies;
        this.blocking = blocking;
    }

    @GetMapping
    @Operation(operationId = "listStrategies", summary = "Lists the preset strategies, then your own")
    Mono<StrategiesResponse> listStrategies(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.blocking.call(() -> {
            List<StrategyResponse> items = new ArrayList<>();
            StrategyPresets.ALL.forEach((name, strategy) -> items.add(StrategyResponse.of(name, strategy)));
            this.listStrategies.findByUser(user.id()).forEach((stored) -> items.add(StrategyResponse.of(stored)));
            return new StrategiesResponse(items);
        });
    }

    @GetMapping(path = "/schema", produces = { "application/schema+json", MediaType.APPLICATION_JSON_VALUE })
    @Operation(operationId = "getStrategySchema", summary = "Returns the JSON schema (2020-12) of strategies")
    String getSchema() {
        return this.getSchema;
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getStrategy", summary = "Returns one strategy: a preset by name, or one of yours by id")
    Mono<StrategyResponse> getStrategy(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable String id) {
        Strategy preset = StrategyPresets.ALL.get(id);
        return (preset != null) ? Mono.just(StrategyResponse.of(id, preset))
                : this.blocking.call(() -> this.listStrategies.find(user.id(), parseId(id))
                    .map(StrategyResponse::of)
                    .orElseThrow(() -> ProblemDefinition.notFound().asException()));
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "updateStrategy",
            summary = "Creates or replaces one of your strategies; you choose the id",
            description = "The body is one strategy, as the schema at /api/backtests/strategies/schema says. "
                    + "It replaces the whole strategy: what is missing has its default.")
    Mono<StrategyResponse> updateStrategy(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @RequestBody @Schema(type = "object") byte[] body) {
        List<DocumentError> errors = new ArrayList<>();
        Strategy strategy = StrategyJsonMapper.read(JsonBody.parse(body), "", errors);
        if (strategy == null) {
            throw JsonBody.toProblem(errors).asException();
        }
        return this.blocking.call(() -> StrategyResponse.of(this.listStrategies.save(user.id(), id, strategy)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteStrategy", summary = "Deletes one of your strategies; its backtests stay")
    Mono<Void> deleteStrategy(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.blocking.call(() -> this.listStrategies.delete(user.id(), id))
            .filter((isDeleted) -> isDeleted)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then();
    }

    private static UUID parseId(String text) {
        try {
            return UUID.fromString(text);
        }
        catch (IllegalArgumentException ex) {
            throw ProblemDefinition.notFound().asException();
        }
    }

    /**
     * A strategy in the API.
     *
     * @param id the name of a preset, or the id that the user chose
     * @param preset whether it is a preset
     * @param strategy the strategy
     * @param createdAt the time when it was created; missing for presets
     * @param updatedAt the time of the last update; missing for presets
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StrategyResponse(String id, boolean preset, @Schema(type = "object") JsonNode strategy,
            @Nullable Instant createdAt, @Nullable Instant updatedAt) {

        static StrategyResponse of(String name, Strategy preset) {
            return new StrategyResponse(name, true, StrategyJsonMapper.write(preset), null, null);
        }

        static StrategyResponse of(StrategyRepository.Stored stored) {
            return new StrategyResponse(stored.id().toString(), false, StrategyJsonMapper.write(stored.strategy()),
                    stored.createdAt(), stored.updatedAt());
        }

    }

    /**
     * The response to a list of strategies.
     *
     * @param items the strategies, presets first
     */
    record StrategiesResponse(List<StrategyResponse> items) {

    }

}
