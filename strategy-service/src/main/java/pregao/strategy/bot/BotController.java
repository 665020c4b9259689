package pregao.strategy.bot;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.account.TradingMode;
import pregao.strategy.candle.KnownFeeds;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.json.JsonBody;
import pregao.strategy.rule.StrategyRepository;
import pregao.strategy.security.AuthenticatedUser;
import pregao.strategy.signal.NameBasedUuid;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * REST controller of {@code /api/bots}: the bots of a user.
 */
@RestController
@RequestMapping("/api/bots")
@SecurityRequirement(name = "token")
class BotController {

    private final BotRepository bots;

    private final StrategyRepository strategies;

    private final AccountResolver accountResolver;

    private final KnownFeeds feeds;

    private final BlockingExecutor blockingExecutor;

    BotController(BotRepository bots, StrategyRepository strategies, AccountResolver accountResolver, KnownFeeds feeds,
            BlockingExecutor blockingExecutor) {
        this.bots = bots;
        this.strategies = strategies;
        this.accountResolver = accountResolver;
        this.feeds = feeds;
        this.blockingExecutor = blockingExecutor;
    }

    @GetMapping
    @Operation(operationId = "listBots", summary = "Lists your bots, newest first")
    Mono<BotsResponse> listBots(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.blockingExecutor.call(() -> new BotsResponse(this.bots.listBots(user.id())));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getBot", summary = "Returns one of your bots with its performance")
    Mono<BotResponse> getBot(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.blockingExecutor.call(() -> requireBot(id, user));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createBot", summary = "Creates a bot; it does nothing until you start it",
            description = """
                    `instruments` (feed and symbol, or the symbols of the key's feed), and either `strategy` (JSON, a preset's \
                    name or the id of one of yours) with the `stake` of each position, `fee`, `spread`, `slippage`, \
                    `price_cap`, `convention`; or `options` with `pattern`, `stake`, `levels`, `payout`, `decimals`, `equals`. `account` is \
                    `paper` or the id of one of your accounts at a broker, `money` `paper` or `demo` (`real` only by `promote`); \
                    `protections` keep it from opening anything for a while. A strategy without a stop is refused. Each of your \
                    bots has another `name`: 409 says which bot has it; without one, it is `bot` with a number. With the \
                    same `Idempotency-Key` the same request makes one bot.""")
    Mono<ResponseEntity<BotResponse>> createBot(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestHeader(name = NameBasedUuid.IDEMPOTENCY_KEY_HEADER, required = false) @Nullable String key,
            @RequestBody @Schema(type = "object") byte[] body) {
        user.requireTradeScope();
        UUID id = NameBasedUuid.ofKey(user.id(), "bots", key);
        return this.blockingExecutor.call(() -> {
            BotDefinition definition = parseDefinition(user, body);
            this.bots.add(id, user.id(), definition, this.accountResolver.resolve(user.id(), definition));
            return createdResponse(requireBot(id, user));
        });
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "updateBot",
            summary = "Creates a bot with an id that you choose, or updates a stopped one",
            description = "The body replaces the whole bot: what is missing has its default.")
    Mono<ResponseEntity<BotResponse>> createOrUpdateBot(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, @RequestBody @Schema(type = "object") byte[] body) {
        user.requireTradeScope();
        return this.blockingExecutor.call(() -> {
            BotDefinition definition = parseDefinition(user, body);
            AccountResolver.ResolvedAccount resolvedAccount = this.accountResolver.resolve(user.id(), definition);
            boolean isNew = this.bots.save(id, user.id(), definition, resolvedAccount);
            BotResponse stored = requireBot(id, user);
            return isNew ? createdResponse(stored) : ResponseEntity.ok(stored);
        });
    }

    private static ResponseEntity<BotResponse> createdResponse(BotResponse bot) {
        return ResponseEntity.created(URI.create("/api/bots/" + bot.id())).body(bot);
    }

    private BotDefinition parseDefinition(AuthenticatedUser user, byte[] body) {
        BotRequestParser parser = new BotRequestParser(user.feed(),
                (name) -> this.strategies.findByNameOrId(user.id(), name), (feed) -> this.feeds.isKnown(feed, user));
        BotDefinition definition = parser.read(JsonBody.parse(body));
        if (definition == null) {
            throw JsonBody.toProblem(parser.errors()).asException();
        }
        requireNotReal(definition);
        return definition;
    }

    /**
     * Rejects real money: a bot gets it only through a promotion, which requires a paper
     * record.
     */
    private static void requireNotReal(BotDefinition definition) {
        FieldValidator fields = new FieldValidator();
        fields.require(definition.money() != TradingMode.REAL, "money",
                "paper or demo; real money only by /promote of a bot with a paper record");
        fields.check();
    }

    @PostMapping("/{id}/start")
    @Operation(operationId = "startBot",
            summary = "Starts a bot, which decides on new candles; returns 409 while it stops")
    Mono<BotResponse> startBot(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        user.requireTradeScope();
        return this.blockingExecutor.call(() -> {
            requireBot(id, user);
            this.bots.start(id, user.id());
            return requireBot(id, user);
        });
    }

    @PostMapping("/{id}/stop")
    @Operation(operationId = "stopBot",
            summary = "Stops a bot: it opens no more positions, and manages or closes those that are open")
    Mono<BotResponse> stopBot(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean close) {
        user.requireTradeScope();
        return this.blockingExecutor.call(() -> {
            requireBot(id, user);
            this.bots.stop(id, user.id(), close);
            return requireBot(id, user);
        });
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteBot", summary = "Deletes a stopped bot; its orders and trades stay")
    Mono<Void> deleteBot(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        user.requireTradeScope();
        return this.blockingExecutor.run(() -> {
            requireBot(id, user);
            if (!this.bots.delete(id, user.id())) {
                throw ProblemDefinition.conflict("bot-at-work", "Only a bot that is stopped can be deleted")
                    .asException();
            }
        });
    }

    private BotResponse requireBot(UUID id, AuthenticatedUser user) {
        return this.bots.find(id, user.id()).orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    /**
     * The response to a list request.
     *
     * @param items the bots, newest first
     */
    record BotsResponse(List<BotResponse> items) {

    }

}
