package pregao.session.identity.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.contracts.feed.Feed;
import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.user.UserRepository;
import pregao.session.outbox.OutboxRepository;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/feeds}. A feed is never deleted: its history stays under its name.
 */
@RestController
@RequestMapping("/api/feeds")
@SecurityRequirement(name = "token")
class FeedController {

    /** Feeds that are one for everybody. */
    private static final Set<String> EVERYBODYS = Set.of("polarium", "binance");

    private static final int MAX_COUNT = 50;

    private static final String CONFIRMATION = "A change of price_basis or day_zone of a feed that has candles needs "
            + "confirm_candle_change: true, else it is 409. Coverage then shows when it was.";

    private final FeedRepository feeds;

    private final UserRepository people;

    private final OutboxRepository outbox;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    private final FeedCandleRepository candles;

    FeedController(FeedRepository feeds, UserRepository people, FeedCandleRepository candles, OutboxRepository outbox,
            AuditLog events, TransactionalOperator transactions) {
        this.feeds = feeds;
        this.people = people;
        this.candles = candles;
        this.outbox = outbox;
        this.events = events;
        this.transactions = transactions;
    }

    @GetMapping
    @Operation(operationId = "listFeeds",
            summary = "Lists all feeds of the installation; every user can read their prices")
    Mono<FeedsResponse> feeds(@AuthenticationPrincipal AuthenticatedUser person) {
        return this.feeds.all().map((feed) -> FeedResponse.of(feed, person)).collectList().map(FeedsResponse::new);
    }

    @GetMapping("/{name}")
    @Operation(operationId = "getFeed", summary = "Returns one feed")
    Mono<FeedResponse> feed(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable String name) {
        return this.feeds.named(name)
            .map((feed) -> FeedResponse.of(feed, person))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createFeed", summary = "Creates a feed",
            description = "Returns 409 where there is a feed of this name.")
    Mono<FeedResponse> add(@AuthenticationPrincipal AuthenticatedUser person, @RequestBody FeedRequest wish,
            ServerHttpRequest request) {
        Feed feed = wish.toFeed();
        if (EVERYBODYS.contains(feed.name())) {
            person.mustBeAdmin();
        }
        return this.transactions.transactional(this.people.lock(person.id())
            .then(this.feeds.ownedBy(person.id()))
            .filter((count) -> count < MAX_COUNT)
            .switchIfEmpty(
                    Mono.error(() -> ProblemDefinition.conflict("too-many", "You have %d feeds".formatted(MAX_COUNT))
                        .asException()))
            .flatMap((count) -> this.feeds.add(feed, person.id()))
            .filter((added) -> added)
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.conflict("feed-taken", "There is a feed of this name").asException()))
            .delayUntil((added) -> note(person, feed, request))).map((added) -> published(feed, person.id(), person));
    }

    @PutMapping("/{name}")
    @Operation(operationId = "replaceFeed", summary = "Replaces all settings of one of your feeds",
            description = "Every setting is required. To change single settings, use PATCH. " + CONFIRMATION)
    Mono<FeedResponse> replace(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable String name,
            @RequestBody FeedRequest wish, ServerHttpRequest request) {
        return change(person, name, wish, wish::replace, request);
    }

    @PatchMapping("/{name}")
    @Operation(operationId = "updateFeed", summary = "Updates some settings of one of your feeds",
            description = "A setting that is missing stays as it is. " + CONFIRMATION)
    Mono<FeedResponse> change(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable String name,
            @RequestBody FeedRequest wish, ServerHttpRequest request) {
        return change(person, name, wish, wish::merge, request);
    }

    private Mono<FeedResponse> change(AuthenticatedUser person, String name, FeedRequest wish,
            UnaryOperator<Feed> settings, ServerHttpRequest request) {
        return own(person, name).map((ownedFeed) -> settings.apply(ownedFeed.settings()))
            .filterWhen((feed) -> own(person, name).flatMap((known) -> mayChange(known.settings(), feed, wish)))
            .flatMap((feed) -> this.transactions
                .transactional(own(person, name).delayUntil((known) -> this.feeds.set(feed))
                    .delayUntil((known) -> note(person, feed, request))
                    .map((known) -> published(feed, known.owner(), person))));
    }

    private Mono<OwnedFeed> own(AuthenticatedUser person, String name) {
        return this.feeds.named(name)
            .filter((ownedFeed) -> ownedFeed.mayBeWrittenBy(person))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    /** What changes the values of stored candles is confirmed. */
    private Mono<Boolean> mayChange(Feed known, Feed wanted, FeedRequest wish) {
        List<String> changed = new ArrayList<>();
        if (known.basis() != wanted.basis()) {
            changed.add("price_basis");
        }
        if (!known.dayZone().equals(wanted.dayZone())) {
            changed.add("day_zone");
        }
        if (changed.isEmpty() || wish.isConfirmed()) {
            return Mono.just(true);
        }
        return this.candles.mayExist(known.name())
            .flatMap((exist) -> exist ? Mono.error(() -> ProblemDefinition.conflict("candle-change",
                    "The feed has candles, and a change of %s changes their values. To do it, send \"confirm_candle_change\": true too"
                        .formatted(String.join(" and ", changed)))
                .asException()) : Mono.just(true));
    }

    private Mono<Void> note(AuthenticatedUser person, Feed feed, ServerHttpRequest request) {
        return this.events.own(AuditEventType.FEED_SET, person.id(), ClientInfo.of(request), feed.name());
    }

    private FeedResponse published(Feed feed, UUID owner, AuthenticatedUser person) {
        this.outbox.trigger();
        return FeedResponse.of(new OwnedFeed(feed, owner), person);
    }

    /**
     * A feed as it is told.
     *
     * @param name its name
     * @param priceBasis which price of a tick makes candles
     * @param clock what its times mean
     * @param dayZone whose midnight starts the day
     * @param closeAfterMs how long after its end a minute waits
     * @param calendar when prices are expected
     * @param eventTime for replays
     * @param own whether the caller may change it and write to it
     */
    record FeedResponse(String name, String priceBasis, String clock, String dayZone, long closeAfterMs,
            String calendar, boolean eventTime, boolean own) {

        static FeedResponse of(OwnedFeed owned, AuthenticatedUser person) {
            Feed feed = owned.settings();
            return new FeedResponse(feed.name(), feed.basis().name().toLowerCase(Locale.ROOT), feed.clock().text(),
                    feed.dayZone().text(), feed.closeAfter().toMillis(),
                    feed.calendar().name().toLowerCase(Locale.ROOT), feed.eventTime(), owned.mayBeWrittenBy(person));
        }

    }

    /**
     * The answer.
     *
     * @param items by name
     */
    record FeedsResponse(List<FeedResponse> items) {

    }

}
