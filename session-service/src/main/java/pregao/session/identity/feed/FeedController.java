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
 * REST controller of feeds. A feed cannot be deleted, because its history stays under its
 * name.
 */
@RestController
@RequestMapping("/api/feeds")
@SecurityRequirement(name = "token")
class FeedController {

    /** The names of feeds that all users share. Only admins may create them. */
    private static final Set<String> SHARED_FEEDS = Set.of("polarium", "binance");

    private static final int MAX_FEEDS_PER_USER = 50;

    private static final String CONFIRMATION = "A change of price_basis or day_zone of a feed that has candles needs "
            + "confirm_candle_change: true, else it is 409. Coverage then shows when it was.";

    private final FeedRepository feeds;

    private final UserRepository users;

    private final OutboxRepository outbox;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    private final FeedCandleRepository candles;

    FeedController(FeedRepository feeds, UserRepository users, FeedCandleRepository candles, OutboxRepository outbox,
            AuditLog auditLog, TransactionalOperator transactions) {
        this.feeds = feeds;
        this.users = users;
        this.candles = candles;
        this.outbox = outbox;
        this.auditLog = auditLog;
        this.transactions = transactions;
    }

    @GetMapping
    @Operation(operationId = "listFeeds",
            summary = "Lists all feeds of the installation; every user can read their prices")
    Mono<FeedsResponse> listFeeds(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.feeds.findAll().map((feed) -> FeedResponse.of(feed, user)).collectList().map(FeedsResponse::new);
    }

    @GetMapping("/{name}")
    @Operation(operationId = "getFeed", summary = "Returns one feed")
    Mono<FeedResponse> getFeed(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable String name) {
        return this.feeds.findByName(name)
            .map((feed) -> FeedResponse.of(feed, user))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createFeed", summary = "Creates a feed",
            description = "Returns 409 where there is a feed of this name.")
    Mono<FeedResponse> createFeed(@AuthenticationPrincipal AuthenticatedUser user, @RequestBody FeedRequest body,
            ServerHttpRequest request) {
        Feed feed = body.toFeed();
        if (SHARED_FEEDS.contains(feed.name())) {
            user.requireAdmin();
        }
        return this.transactions
            .transactional(this.users.lock(user.id())
                .then(this.feeds.countByOwner(user.id()))
                .filter((count) -> count < MAX_FEEDS_PER_USER)
                .switchIfEmpty(Mono.error(
                        () -> ProblemDefinition.conflict("too-many", "You have %d feeds".formatted(MAX_FEEDS_PER_USER))
                            .asException()))
                .flatMap((count) -> this.feeds.add(feed, user.id()))
                .filter((added) -> added)
                .switchIfEmpty(Mono.error(
                        () -> ProblemDefinition.conflict("feed-taken", "There is a feed of this name").asException()))
                .delayUntil((added) -> recordAuditEvent(user, feed, request)))
            .map((added) -> publishAndCreateResponse(feed, user.id(), user));
    }

    @PutMapping("/{name}")
    @Operation(operationId = "replaceFeed", summary = "Replaces all settings of one of your feeds",
            description = "Every setting is required. To change single settings, use PATCH. " + CONFIRMATION)
    Mono<FeedResponse> replaceFeed(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable String name,
            @RequestBody FeedRequest body, ServerHttpRequest request) {
        return updateFeed(user, name, body, body::replaceSettings, request);
    }

    @PatchMapping("/{name}")
    @Operation(operationId = "updateFeed", summary = "Updates some settings of one of your feeds",
            description = "A setting that is missing stays as it is. " + CONFIRMATION)
    Mono<FeedResponse> updateFeed(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable String name,
            @RequestBody FeedRequest body, ServerHttpRequest request) {
        return updateFeed(user, name, body, body::mergeSettings, request);
    }

    private Mono<FeedResponse> updateFeed(AuthenticatedUser user, String name, FeedRequest body,
            UnaryOperator<Feed> settings, ServerHttpRequest request) {
        return findWritableFeed(user, name).map((ownedFeed) -> settings.apply(ownedFeed.settings()))
            .filterWhen((feed) -> findWritableFeed(user, name)
                .flatMap((current) -> isCandleChangeConfirmed(current.settings(), feed, body)))
            .flatMap((feed) -> this.transactions
                .transactional(findWritableFeed(user, name).delayUntil((current) -> this.feeds.update(feed))
                    .delayUntil((current) -> recordAuditEvent(user, feed, request))
                    .map((current) -> publishAndCreateResponse(feed, current.owner(), user))));
    }

    private Mono<OwnedFeed> findWritableFeed(AuthenticatedUser user, String name) {
        return this.feeds.findByName(name)
            .filter((ownedFeed) -> ownedFeed.isWritableBy(user))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()));
    }

    /**
     * Returns true if a change keeps the values of stored candles or is confirmed by the
     * request, and fails with 409 otherwise.
     */
    private Mono<Boolean> isCandleChangeConfirmed(Feed current, Feed updated, FeedRequest body) {
        List<String> changedFields = new ArrayList<>();
        if (current.basis() != updated.basis()) {
            changedFields.add("price_basis");
        }
        if (!current.dayZone().equals(updated.dayZone())) {
            changedFields.add("day_zone");
        }
        if (changedFields.isEmpty() || body.isConfirmed()) {
            return Mono.just(true);
        }
        return this.candles.mayHaveCandles(current.name())
            .flatMap((candlesExist) -> candlesExist ? Mono.error(() -> ProblemDefinition.conflict("candle-change",
                    "The feed has candles, and a change of %s changes their values. To do it, send \"confirm_candle_change\": true too"
                        .formatted(String.join(" and ", changedFields)))
                .asException()) : Mono.just(true));
    }

    private Mono<Void> recordAuditEvent(AuthenticatedUser user, Feed feed, ServerHttpRequest request) {
        return this.auditLog.recordOwn(AuditEventType.FEED_SET, user.id(), ClientInfo.of(request), feed.name());
    }

    private FeedResponse publishAndCreateResponse(Feed feed, UUID owner, AuthenticatedUser user) {
        this.outbox.trigger();
        return FeedResponse.of(new OwnedFeed(feed, owner), user);
    }

    /**
     * Feed in a response.
     *
     * @param name the feed name
     * @param priceBasis the price of a tick that candles are made of
     * @param clock the time zone of the feed's timestamps
     * @param dayZone the time zone whose midnight starts the day
     * @param closeAfterMs the delay in milliseconds after the end of a minute before its
     * candle is closed
     * @param calendar the trading calendar, which says when prices are expected
     * @param eventTime whether candles close by the times of later ticks instead of the
     * clock, for replays
     * @param own whether the caller may change the feed and write to it
     */
    record FeedResponse(String name, String priceBasis, String clock, String dayZone, long closeAfterMs,
            String calendar, boolean eventTime, boolean own) {

        static FeedResponse of(OwnedFeed ownedFeed, AuthenticatedUser user) {
            Feed feed = ownedFeed.settings();
            return new FeedResponse(feed.name(), feed.basis().name().toLowerCase(Locale.ROOT), feed.clock().text(),
                    feed.dayZone().text(), feed.closeAfter().toMillis(),
                    feed.calendar().name().toLowerCase(Locale.ROOT), feed.eventTime(), ownedFeed.isWritableBy(user));
        }

    }

    /**
     * Response with feeds.
     *
     * @param items the feeds, ordered by name
     */
    record FeedsResponse(List<FeedResponse> items) {

    }

}
