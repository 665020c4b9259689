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
 * {@code /api/bots}: one's own bots.
 */
@RestController
@RequestMapping("/api/bots")
@SecurityRequirement(name = "token")
class BotController {

    private final BotRepository bots;

    private final StrategyRepository strategies;

    private final AccountResolver accounts;

    private final KnownFeeds feeds;

    private final BlockingExecutor blocking;

    BotController(BotRepository bots, StrategyRepository strategies, AccountResolver accounts, KnownFeeds feeds,
            BlockingExecutor blocking) {
        this.bots = bots;
        this.strategies = strategies;
        this.accounts = accounts;
        this.feeds = feeds;
        this.blocking = blocking;
    }

    @GetMapping
    @Operation(operationId = "listBots", summary = "Lists your bots, newest first")
    Mono<BotsResponse> bots(@AuthenticationPrincipal AuthenticatedUser person) {
        return this.blocking.call(() -> new BotsResponse(this.bots.of(person.id())));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getBot", summary = "Returns one of your bots with its performance")
    Mono<BotResponse> bot(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return this.blocking.call(() -> own(id, person));
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
    Mono<ResponseEntity<BotResponse>> add(@AuthenticationPrincipal AuthenticatedUser person,
            @RequestHeader(name = NameBasedUuid.KEY, required = false) @Nullable String key,
            @RequestBody @Schema(type = "object") byte[] body) {
        person.mustTrade();
        UUID id = NameBasedUuid.ofKey(person.id(), "bots", key);
        return this.blocking.call(() -> {
            BotDefinition wish = wish(person, body);
            this.bots.add(id, person.id(), wish, this.accounts.of(person.id(), wish));
            return created(own(id, person));
        });
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "updateBot",
            summary = "Creates a bot with an id that you choose, or updates a stopped one",
            description = "The body replaces the whole bot: what is missing has its default.")
    Mono<ResponseEntity<BotResponse>> put(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @RequestBody @Schema(type = "object") byte[] body) {
        person.mustTrade();
        return this.blocking.call(() -> {
            BotDefinition wish = wish(person, body);
            AccountResolver.ResolvedAccount chosen = this.accounts.of(person.id(), wish);
            boolean fresh = this.bots.put(id, person.id(), wish, chosen);
            BotResponse stored = own(id, person);
            return fresh ? created(stored) : ResponseEntity.ok(stored);
        });
    }

    private static ResponseEntity<BotResponse> created(BotResponse bot) {
        return ResponseEntity.created(URI.create("/api/bots/" + bot.id())).body(bot);
    }

    private BotDefinition wish(AuthenticatedUser person, byte[] body) {
        BotRequestParser reading = new BotRequestParser(person.feed(),
                (name) -> this.strategies.named(person.id(), name), (feed) -> this.feeds.isKnown(feed, person));
        BotDefinition wish = reading.read(JsonBody.read(body));
        if (wish == null) {
            throw JsonBody.trouble(reading.wrong()).asException();
        }
        mustNotBeReal(wish);
        return wish;
    }

    /** Whatever a plan promises, it gets real money by what it has shown. */
    private static void mustNotBeReal(BotDefinition wish) {
        FieldValidator fields = new FieldValidator();
        fields.require(wish.money() != TradingMode.REAL, "money",
                "paper or demo; real money only by /promote of a bot with a paper record");
        fields.check();
    }

    @PostMapping("/{id}/start")
    @Operation(operationId = "startBot",
            summary = "Starts a bot, which decides on new candles; returns 409 while it stops")
    Mono<BotResponse> start(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        person.mustTrade();
        return this.blocking.call(() -> {
            own(id, person);
            this.bots.start(id, person.id());
            return own(id, person);
        });
    }

    @PostMapping("/{id}/stop")
    @Operation(operationId = "stopBot",
            summary = "Stops a bot: it opens no more positions, and manages or closes those that are open")
    Mono<BotResponse> stop(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean close) {
        person.mustTrade();
        return this.blocking.call(() -> {
            own(id, person);
            this.bots.stop(id, person.id(), close);
            return own(id, person);
        });
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteBot", summary = "Deletes a stopped bot; its orders and trades stay")
    Mono<Void> delete(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        person.mustTrade();
        return this.blocking.run(() -> {
            own(id, person);
            if (!this.bots.delete(id, person.id())) {
                throw ProblemDefinition.conflict("bot-at-work", "Only a bot that is stopped can be deleted")
                    .asException();
            }
        });
    }

    private BotResponse own(UUID id, AuthenticatedUser person) {
        return this.bots.find(id, person.id()).orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    /**
     * The answer to a list.
     *
     * @param items the newest first
     */
    record BotsResponse(List<BotResponse> items) {

    }

}
