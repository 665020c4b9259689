package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BrokerOrderState;

/**
 * The user's options: as the broker tells them, and as it answers when asked.
 */
final class PositionHistory {

    private static final int MAX_COUNT = 100;

    private static final int MOST_RUNNING = 2000;

    private final PositionTracker book = new PositionTracker();

    private final Set<Long> takenBack = new HashSet<>();

    /** The numbers by which options are known outside. */
    private final Set<Long> acknowledged = Collections.newSetFromMap(BoundedMap.map());

    private final Sinks.Many<BrokerOrderState> changes = Sinks.many().multicast().directBestEffort();

    private final ReconnectingWebSocket link;

    private final PolariumTimeouts timeouts;

    PositionHistory(ReconnectingWebSocket link, PolariumTimeouts timeouts) {
        this.link = link;
        this.timeouts = timeouts;
    }

    Flux<BrokerOrderState> changes() {
        return this.changes.asFlux();
    }

    Set<Long> ids() {
        return this.book.ids();
    }

    /**
     * Takes it that an order is known by a number, under which all is told of it.
     * @param number as the broker told it
     */
    void acknowledge(long number) {
        this.acknowledged.add(number);
    }

    /**
     * Forgets an option whose number the broker has used again.
     * @param number as the broker told it of a new order
     * @param before the options that were there before the order was sent
     */
    void forget(long number, Set<Long> before) {
        Position position = this.book.get(number);
        if (position != null && before.contains(position.id())) {
            this.book.remove(position.id());
        }
        this.takenBack.remove(number);
    }

    void take(Position position) {
        if (numbers(position).noneMatch(this.takenBack::contains) && this.book.take(position)) {
            BrokerOrderState state = position.state(number(position));
            if (!(state instanceof BrokerOrderState.Unknown)) {
                this.changes.tryEmitNext(state);
            }
        }
    }

    void takeBack(long id) {
        Position position = this.book.get(id);
        if (this.takenBack.add(id)) {
            if (position != null) {
                numbers(position).forEach(this.takenBack::add);
                this.book.remove(position.id());
            }
            this.changes.tryEmitNext(new BrokerOrderState.Refunded((position != null) ? number(position) : id));
        }
    }

    private static Stream<Long> numbers(Position position) {
        return Stream.concat(position.orderIds().stream(), Stream.of(position.id()));
    }

    private long number(Position position) {
        return numbers(position).filter(this.acknowledged::contains).findFirst().orElse(position.id());
    }

    /**
     * What is known of an option without asking.
     * @param id the broker's number
     * @return null where it was never told
     */
    @Nullable BrokerOrderState state(long id) {
        if (this.takenBack.contains(id)) {
            return new BrokerOrderState.Refunded(id);
        }
        Position position = this.book.get(id);
        return (position == null) ? null : position.state(id);
    }

    boolean isOver(long id) {
        BrokerOrderState state = state(id);
        return state instanceof BrokerOrderState.Settled || state instanceof BrokerOrderState.Refunded;
    }

    /**
     * Whether an option has ended, be it known how or not.
     * @param id the broker's number
     * @return false where it runs, or was never told
     */
    boolean isClosed(long id) {
        Position position = this.book.get(id);
        return position != null && position.closed();
    }

    /**
     * Whether two numbers are those of one option.
     * @param number the one
     * @param other the other
     * @return true if they are
     */
    boolean isSame(long number, long other) {
        Position position = this.book.get(number);
        return number == other || (position != null && position.isCalled(other));
    }

    /**
     * Asks for all options: those that run, and the last that ended.
     * @return what the broker has
     */
    Mono<List<Position>> all() {
        return running().flatMap((running) -> history(0).map((ended) -> {
            List<Position> all = new ArrayList<>(running);
            all.addAll(ended);
            return all;
        }));
    }

    /**
     * Asks for one option, whether it runs or has ended.
     * @param id the broker's number
     * @return whether the broker has it
     */
    Mono<Boolean> has(long id) {
        return running()
            .flatMap((running) -> isAmong(running, id) ? Mono.just(true) : ended(id).map((all) -> isAmong(all, id)));
    }

    private static boolean isAmong(List<Position> positions, long id) {
        return positions.stream().anyMatch((position) -> position.isCalled(id));
    }

    /**
     * Asks what became of one option.
     * @param id the broker's number
     * @return when it is known
     */
    Mono<Void> look(long id) {
        return ended(id).then();
    }

    /**
     * What has ended, as far as it may be an option: the broker looks for options by
     * their own numbers only, so where that finds none, the last that ended are looked
     * through.
     */
    private Mono<List<Position>> ended(long id) {
        Position position = this.book.get(id);
        return history((position != null) ? position.id() : id)
            .flatMap((found) -> isAmong(found, id) ? Mono.just(found) : history(0));
    }

    /**
     * Asks for whatever may have been missed.
     * @return when it is known
     */
    Mono<Void> catchUp() {
        return running().flatMapMany((running) -> {
            Set<Long> there = new HashSet<>();
            running.forEach((position) -> there.add(position.id()));
            return Flux.fromIterable(this.book.unsettled()).filter((position) -> !there.contains(position.id()));
        }).concatMap((vanished) -> look(vanished.id())).then();
    }

    void end() {
        this.changes.tryEmitComplete();
    }

    private Mono<List<Position>> running() {
        return pages((seen) -> asked("portfolio.get-positions", "4.0", body(seen)), MOST_RUNNING, new ArrayList<>());
    }

    private Mono<List<Position>> history(long id) {
        return pages((seen) -> {
            ObjectNode body = body(seen);
            if (id != 0) {
                body.put("external_id", id);
            }
            return asked("portfolio.get-history-positions", "2.0", body);
        }, MAX_COUNT, new ArrayList<>());
    }

    private Mono<List<Position>> pages(IntFunction<Mono<PositionPage>> from, int most, List<Position> found) {
        return from.apply(found.size()).flatMap((page) -> {
            found.addAll(page.positions());
            boolean enough = page.isLast(found.size()) || found.size() >= most;
            return enough ? Mono.just(found) : pages(from, most, found);
        });
    }

    private Mono<PositionPage> asked(String name, String version, ObjectNode body) {
        return this.link.ask(RpcRequest.question(name, version, body, this.timeouts.call())).map((message) -> {
            PositionPage page = PositionPage.of(message, MAX_COUNT);
            page.positions().forEach(this::take);
            return page;
        });
    }

    private static ObjectNode body(int offset) {
        ObjectNode body = JsonTrees.object().put("limit", MAX_COUNT).put("offset", offset);
        var types = body.putArray("instrument_types");
        for (OptionType type : OptionType.values()) {
            types.add(type.text() + "-option");
        }
        return body;
    }

}
