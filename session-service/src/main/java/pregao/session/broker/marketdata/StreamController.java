package pregao.session.broker.marketdata;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.user.UserRepository;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/brokers/{broker}/streams}: the stream subscriptions of a user. Prices are
 * shared, so an instrument is streamed as long as any user subscribes to it.
 */
@RestController
@RequestMapping("/api/brokers/{broker}/streams")
@SecurityRequirement(name = "token")
class StreamController {

    private final BrokerFeedRegistry feeds;

    private final StreamSubscriptionRepository subscriptions;

    private final UserRepository users;

    private final MarketDataProperties settings;

    private final TransactionalOperator transactions;

    StreamController(BrokerFeedRegistry feeds, StreamSubscriptionRepository subscriptions, UserRepository users,
            MarketDataProperties settings, TransactionalOperator transactions) {
        this.feeds = feeds;
        this.subscriptions = subscriptions;
        this.users = users;
        this.settings = settings;
        this.transactions = transactions;
    }

    @GetMapping
    @Operation(operationId = "listStreams", summary = "Lists your stream subscriptions of a broker")
    Mono<StreamSubscriptionRepository.StreamSubscriptionsResponse> streams(
            @AuthenticationPrincipal AuthenticatedUser user, @PathVariable String broker) {
        return this.subscriptions.findByUser(user.id(), requireFeed(broker))
            .collectList()
            .map(StreamSubscriptionRepository.StreamSubscriptionsResponse::new);
    }

    @GetMapping("/{symbol}")
    @Operation(operationId = "getStream", summary = "Returns the state of one stream subscription")
    Mono<StreamSubscriptionRepository.StreamSubscriptionResponse> stream(
            @AuthenticationPrincipal AuthenticatedUser user, @PathVariable String broker, @PathVariable String symbol) {
        return this.subscriptions.find(user.id(), requireFeed(broker), symbol)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    @PutMapping("/{symbol}")
    @Operation(operationId = "subscribeStream", summary = "Subscribes to an instrument of a broker")
    Mono<StreamSubscriptionRepository.StreamSubscriptionResponse> subscribe(
            @AuthenticationPrincipal AuthenticatedUser user, @PathVariable String broker, @PathVariable String symbol) {
        String feed = requireFeed(broker);
        FieldValidator fields = new FieldValidator();
        fields.require(Instrument.isSymbol(symbol), "symbol", Instrument.SYMBOL_RULE);
        fields.check();
        return this.transactions
            .transactional(this.subscriptions.find(user.id(), feed, symbol)
                .switchIfEmpty(Mono
                    .defer(() -> checkSubscriptionLimit(user).then(this.subscriptions.add(user.id(), feed, symbol))
                        .then(this.subscriptions.find(user.id(), feed, symbol)))));
    }

    private Mono<Void> checkSubscriptionLimit(AuthenticatedUser user) {
        return this.users.lock(user.id())
            .then(this.subscriptions.countByUser(user.id()))
            .filter((count) -> count < this.settings.maxStreamsPerUser())
            .switchIfEmpty(
                    Mono.error(() -> ProblemDefinition
                        .conflict("too-many",
                                "You subscribe to %d streams already; unsubscribe from one first"
                                    .formatted(this.settings.maxStreamsPerUser()))
                        .asException()))
            .then();
    }

    @DeleteMapping("/{symbol}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "unsubscribeStream", summary = "Unsubscribes from a stream")
    Mono<Void> unsubscribe(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable String broker,
            @PathVariable String symbol) {
        return this.subscriptions.remove(user.id(), requireFeed(broker), symbol)
            .filter((removed) -> removed)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then();
    }

    private String requireFeed(String broker) {
        return this.feeds.findByName(broker)
            .map(BrokerFeed::name)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

}
