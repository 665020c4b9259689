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

import pregao.http.problem.Fields;
import pregao.http.problem.Trouble;
import pregao.strategy.access.Person;
import pregao.strategy.account.Money;
import pregao.strategy.candle.KnownFeeds;
import pregao.strategy.database.Blocking;
import pregao.strategy.document.Body;
import pregao.strategy.rule.Strategies;
import pregao.strategy.signal.NameId;

/**
 * {@code /api/bots}: one's own bots.
 */
@RestController
@RequestMapping("/api/bots")
@SecurityRequirement(name = "token")
class BotController {

    private final Bots bots;

    private final Strategies strategies;

    private final TradingAccounts accounts;

    private final KnownFeeds feeds;

    private final Blocking blocking;

    BotController(Bots bots, Strategies strategies, TradingAccounts accounts, KnownFeeds feeds, Blocking blocking) {
        this.bots = bots;
        this.strategies = strategies;
        this.accounts = accounts;
        this.feeds = feeds;
        this.blocking = blocking;
    }

    @GetMapping
    @Operation(operationId = "bots", summary = "Your bots, the newest first")
    Mono<Items> bots(@AuthenticationPrincipal Person person) {
        return this.blocking.call(() -> new Items(this.bots.of(person.id())));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "bot", summary = "One of your bots, with what it has done")
    Mono<StoredBot> bot(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        return this.blocking.call(() -> own(id, person));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "addBot", summary = "Makes a bot; it does nothing until it is started",
            description = """
                    `instruments` (feed and symbol, or the symbols of the key's feed), and either `strategy` (JSON, a preset's \
                    name or the id of one of yours) with the `stake` of each position, `fee`, `spread`, `slippage`, \
                    `price_cap`, `convention`; or `options` with `pattern`, `stake`, `levels`, `payout`, `decimals`, `equals`. `account` is \
                    `paper` or the id of one of your accounts at a broker, `money` `paper` or `demo` (`real` only by `promote`); \
                    `protections` keep it from opening anything for a while. A strategy without a stop is refused. Each of your \
                    bots has another `name`: 409 says which bot has it; without one, it is `bot` with a number. With the \
                    same `Idempotency-Key` the same request makes one bot.""")
    Mono<ResponseEntity<StoredBot>> add(@AuthenticationPrincipal Person person,
            @RequestHeader(name = NameId.KEY, required = false) @Nullable String key,
            @RequestBody @Schema(type = "object") byte[] body) {
        person.mustTrade();
        UUID id = NameId.ofKey(person.id(), "bots", key);
        return this.blocking.call(() -> {
            BotWish wish = wish(person, body);
            this.bots.add(id, person.id(), wish, this.accounts.of(person.id(), wish));
            return created(own(id, person));
        });
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "putBot", summary = "Makes a bot with an id of yours, or changes one that is stopped",
            description = "The body replaces the whole bot: what is missing has its default.")
    Mono<ResponseEntity<StoredBot>> put(@AuthenticationPrincipal Person person, @PathVariable UUID id,
            @RequestBody @Schema(type = "object") byte[] body) {
        person.mustTrade();
        return this.blocking.call(() -> {
            BotWish wish = wish(person, body);
            TradingAccounts.Chosen chosen = this.accounts.of(person.id(), wish);
            boolean fresh = this.bots.put(id, person.id(), wish, chosen);
            StoredBot stored = own(id, person);
            return fresh ? created(stored) : ResponseEntity.ok(stored);
        });
    }

    private static ResponseEntity<StoredBot> created(StoredBot bot) {
        return ResponseEntity.created(URI.create("/api/bots/" + bot.id())).body(bot);
    }

    private BotWish wish(Person person, byte[] body) {
        BotReading reading = new BotReading(person.feed(), (name) -> this.strategies.named(person.id(), name),
                (feed) -> this.feeds.has(feed, person));
        BotWish wish = reading.read(Body.read(body));
        if (wish == null) {
            throw Body.trouble(reading.wrong()).asException();
        }
        mustNotBeReal(wish);
        return wish;
    }

    /** Whatever a plan promises, it gets real money by what it has shown. */
    private static void mustNotBeReal(BotWish wish) {
        Fields fields = new Fields();
        fields.require(wish.money() != Money.REAL, "money",
                "paper or demo; real money only by /promote of a bot with a paper record");
        fields.check();
    }

    @PostMapping("/{id}/start")
    @Operation(operationId = "startBot",
            summary = "Starts a bot: it decides on what comes from now on; 409 while it stops")
    Mono<StoredBot> start(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        person.mustTrade();
        return this.blocking.call(() -> {
            own(id, person);
            this.bots.start(id, person.id());
            return own(id, person);
        });
    }

    @PostMapping("/{id}/stop")
    @Operation(operationId = "stopBot",
            summary = "Stops a bot: it opens nothing more, and looks after what it holds, or closes it")
    Mono<StoredBot> stop(@AuthenticationPrincipal Person person, @PathVariable UUID id,
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
    @Operation(operationId = "deleteBot", summary = "Forgets a bot that is stopped; what it traded stays")
    Mono<Void> delete(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        person.mustTrade();
        return this.blocking.run(() -> {
            own(id, person);
            if (!this.bots.delete(id, person.id())) {
                throw Trouble.conflict("bot-at-work", "Only a bot that is stopped can be deleted").asException();
            }
        });
    }

    private StoredBot own(UUID id, Person person) {
        return this.bots.find(id, person.id()).orElseThrow(() -> Trouble.notFound().asException());
    }

    /**
     * The answer to a list.
     *
     * @param items the newest first
     */
    record Items(List<StoredBot> items) {

    }

}
