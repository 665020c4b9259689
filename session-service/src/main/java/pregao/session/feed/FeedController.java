package pregao.session.feed;

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
import pregao.session.access.Caller;
import pregao.session.access.Person;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;
import pregao.session.outbox.Outbox;
import pregao.session.user.People;
import pregao.http.problem.Trouble;

/**
 * {@code /api/feeds}. A feed is never deleted: its history stays under its name.
 */
@RestController
@RequestMapping("/api/feeds")
@SecurityRequirement(name = "token")
class FeedController {

    /** Feeds that are one for everybody. */
    private static final Set<String> EVERYBODYS = Set.of("polarium", "binance");

    private static final int MOST = 50;

    private static final String CONFIRMATION = "A change of price_basis or day_zone of a feed that has candles needs "
            + "confirm_candle_change: true, else it is 409. Coverage then shows when it was.";

    private final Feeds feeds;

    private final People people;

    private final Outbox outbox;

    private final EventLog events;

    private final TransactionalOperator transactions;

    private final StoredCandles candles;

    FeedController(Feeds feeds, People people, StoredCandles candles, Outbox outbox, EventLog events,
            TransactionalOperator transactions) {
        this.feeds = feeds;
        this.people = people;
        this.candles = candles;
        this.outbox = outbox;
        this.events = events;
        this.transactions = transactions;
    }

    @GetMapping
    @Operation(operationId = "feeds", summary = "All feeds of the installation, as everybody may read their prices")
    Mono<Items> feeds(@AuthenticationPrincipal Person person) {
        return this.feeds.all().map((feed) -> Item.of(feed, person)).collectList().map(Items::new);
    }

    @GetMapping("/{name}")
    @Operation(operationId = "feed", summary = "One feed")
    Mono<Item> feed(@AuthenticationPrincipal Person person, @PathVariable String name) {
        return this.feeds.named(name)
            .map((feed) -> Item.of(feed, person))
            .switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "addFeed", summary = "Adds a feed of yours",
            description = "Returns 409 where there is a feed of this name.")
    Mono<Item> add(@AuthenticationPrincipal Person person, @RequestBody FeedWish wish, ServerHttpRequest request) {
        Feed feed = wish.toFeed();
        if (EVERYBODYS.contains(feed.name())) {
            person.mustBeAdmin();
        }
        return this.transactions
            .transactional(this.people.lock(person.id())
                .then(this.feeds.ownedBy(person.id()))
                .filter((count) -> count < MOST)
                .switchIfEmpty(Mono
                    .error(() -> Trouble.conflict("too-many", "You have %d feeds".formatted(MOST)).asException()))
                .flatMap((count) -> this.feeds.add(feed, person.id()))
                .filter((added) -> added)
                .switchIfEmpty(
                        Mono.error(() -> Trouble.conflict("feed-taken", "There is a feed of this name").asException()))
                .delayUntil((added) -> note(person, feed, request)))
            .map((added) -> published(feed, person.id(), person));
    }

    @PutMapping("/{name}")
    @Operation(operationId = "replaceFeed", summary = "Replaces all settings of a feed of yours",
            description = "Every setting is required. To change single settings, use PATCH. " + CONFIRMATION)
    Mono<Item> replace(@AuthenticationPrincipal Person person, @PathVariable String name, @RequestBody FeedWish wish,
            ServerHttpRequest request) {
        return change(person, name, wish, wish::replace, request);
    }

    @PatchMapping("/{name}")
    @Operation(operationId = "changeFeed", summary = "Changes some settings of a feed of yours",
            description = "A setting that is missing stays as it is. " + CONFIRMATION)
    Mono<Item> change(@AuthenticationPrincipal Person person, @PathVariable String name, @RequestBody FeedWish wish,
            ServerHttpRequest request) {
        return change(person, name, wish, wish::merge, request);
    }

    private Mono<Item> change(Person person, String name, FeedWish wish, UnaryOperator<Feed> settings,
            ServerHttpRequest request) {
        return own(person, name).map((known) -> settings.apply(known.settings()))
            .filterWhen((feed) -> own(person, name).flatMap((known) -> mayChange(known.settings(), feed, wish)))
            .flatMap((feed) -> this.transactions
                .transactional(own(person, name).delayUntil((known) -> this.feeds.set(feed))
                    .delayUntil((known) -> note(person, feed, request))
                    .map((known) -> published(feed, known.owner(), person))));
    }

    private Mono<OwnedFeed> own(Person person, String name) {
        return this.feeds.named(name)
            .filter((known) -> known.mayBeWrittenBy(person))
            .switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()));
    }

    /** What changes the values of stored candles is confirmed. */
    private Mono<Boolean> mayChange(Feed known, Feed wanted, FeedWish wish) {
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
            .flatMap((exist) -> exist ? Mono.error(() -> Trouble.conflict("candle-change",
                    "The feed has candles, and a change of %s changes their values. To do it, send \"confirm_candle_change\": true too"
                        .formatted(String.join(" and ", changed)))
                .asException()) : Mono.just(true));
    }

    private Mono<Void> note(Person person, Feed feed, ServerHttpRequest request) {
        return this.events.own(EventKind.FEED_SET, person.id(), Caller.of(request), feed.name());
    }

    private Item published(Feed feed, UUID owner, Person person) {
        this.outbox.call();
        return Item.of(new OwnedFeed(feed, owner), person);
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
    record Item(String name, String priceBasis, String clock, String dayZone, long closeAfterMs, String calendar,
            boolean eventTime, boolean own) {

        static Item of(OwnedFeed owned, Person person) {
            Feed feed = owned.settings();
            return new Item(feed.name(), feed.basis().name().toLowerCase(Locale.ROOT), feed.clock().text(),
                    feed.dayZone().text(), feed.closeAfter().toMillis(),
                    feed.calendar().name().toLowerCase(Locale.ROOT), feed.eventTime(), owned.mayBeWrittenBy(person));
        }

    }

    /**
     * The answer.
     *
     * @param items by name
     */
    record Items(List<Item> items) {

    }

}
