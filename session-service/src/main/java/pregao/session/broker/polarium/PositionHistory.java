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
 * Options of the user, from events and from queries.
 */
final class PositionHistory {

    private static final int PAGE_SIZE = 100;

    private static final int MAX_OPEN_POSITIONS = 2000;

    private final PositionTracker tracker = new PositionTracker();

    private final Set<Long> refundedIds = new HashSet<>();

    /** The numbers by which options are known outside this package. */
    private final Set<Long> acknowledgedIds = Collections.newSetFromMap(BoundedMap.create());

    private final Sinks.Many<BrokerOrderState> orderUpdates = Sinks.many().multicast().directBestEffort();

    private final ReconnectingWebSocket webSocket;

    private final PolariumTimeouts timeouts;

    PositionHistory(ReconnectingWebSocket webSocket, PolariumTimeouts timeouts) {
        this.webSocket = webSocket;
        this.timeouts = timeouts;
    }

    Flux<BrokerOrderState> orderUpdates() {
        return this.orderUpdates.asFlux();
    }

    Set<Long> ids() {
        return this.tracker.ids();
    }

    /**
     * Records the number under which an order was reported; all updates of the order use
     * it.
     * @param number the number from the broker's reply
     */
    void acknowledge(long number) {
        this.acknowledgedIds.add(number);
    }

    /**
     * Forgets an old option whose number the broker has reused for a new order.
     * @param number the number from the broker's reply to the new order
     * @param previousIds the ids of the options that existed before the order was sent
     */
    void forgetReused(long number, Set<Long> previousIds) {
        Position position = this.tracker.findByNumber(number);
        if (position != null && previousIds.contains(position.id())) {
            this.tracker.remove(position.id());
        }
        this.refundedIds.remove(number);
    }

    void update(Position position) {
        if (numbersOf(position).noneMatch(this.refundedIds::contains) && this.tracker.update(position)) {
            BrokerOrderState state = position.toOrderState(publicNumber(position));
            if (!(state instanceof BrokerOrderState.Unknown)) {
                this.orderUpdates.tryEmitNext(state);
            }
        }
    }

    void recordRefund(long id) {
        Position position = this.tracker.findByNumber(id);
        if (this.refundedIds.add(id)) {
            if (position != null) {
                numbersOf(position).forEach(this.refundedIds::add);
                this.tracker.remove(position.id());
            }
            this.orderUpdates
                .tryEmitNext(new BrokerOrderState.Refunded((position != null) ? publicNumber(position) : id));
        }
    }

    private static Stream<Long> numbersOf(Position position) {
        return Stream.concat(position.orderIds().stream(), Stream.of(position.id()));
    }

    private long publicNumber(Position position) {
        return numbersOf(position).filter(this.acknowledgedIds::contains).findFirst().orElse(position.id());
    }

    /**
     * Returns the state of an option without a query.
     * @param id the broker's number of the option
     * @return the state, or null if the option isn't known
     */
    @Nullable BrokerOrderState findState(long id) {
        if (this.refundedIds.contains(id)) {
            return new BrokerOrderState.Refunded(id);
        }
        Position position = this.tracker.findByNumber(id);
        return (position == null) ? null : position.toOrderState(id);
    }

    boolean isFinal(long id) {
        BrokerOrderState state = findState(id);
        return state instanceof BrokerOrderState.Settled || state instanceof BrokerOrderState.Refunded;
    }

    /**
     * Returns whether an option has ended, even if its result isn't known.
     * @param id the broker's number of the option
     * @return false if the option is open or isn't known
     */
    boolean isClosed(long id) {
        Position position = this.tracker.findByNumber(id);
        return position != null && position.closed();
    }

    /**
     * Returns whether two numbers identify the same option.
     * @param firstNumber the first number
     * @param secondNumber the second number
     * @return true if they do
     */
    boolean isSameOption(long firstNumber, long secondNumber) {
        Position position = this.tracker.findByNumber(firstNumber);
        return firstNumber == secondNumber || (position != null && position.hasNumber(secondNumber));
    }

    /**
     * Fetches the open options and the last closed ones.
     * @return the options that the broker has
     */
    Mono<List<Position>> fetchAll() {
        return fetchOpen().flatMap((openPositions) -> fetchHistory(0).map((closedPositions) -> {
            List<Position> positions = new ArrayList<>(openPositions);
            positions.addAll(closedPositions);
            return positions;
        }));
    }

    /**
     * Fetches an option, open or closed.
     * @param id the broker's number of the option
     * @return whether the broker has it
     */
    Mono<Boolean> exists(long id) {
        return fetchOpen().flatMap((openPositions) -> containsNumber(openPositions, id) ? Mono.just(true)
                : fetchClosed(id).map((closedPositions) -> containsNumber(closedPositions, id)));
    }

    private static boolean containsNumber(List<Position> positions, long id) {
        return positions.stream().anyMatch((position) -> position.hasNumber(id));
    }

    /**
     * Fetches the result of an option.
     * @param id the broker's number of the option
     * @return completes when the response is applied
     */
    Mono<Void> refresh(long id) {
        return fetchClosed(id).then();
    }

    /**
     * Fetches the closed options that can include an option. The broker finds options
     * only by their own id, not by the id of an order. If that finds nothing, the last
     * closed options are fetched.
     */
    private Mono<List<Position>> fetchClosed(long id) {
        Position position = this.tracker.findByNumber(id);
        return fetchHistory((position != null) ? position.id() : id)
            .flatMap((positions) -> containsNumber(positions, id) ? Mono.just(positions) : fetchHistory(0));
    }

    /**
     * Fetches the results that may have been missed.
     * @return completes when the responses are applied
     */
    Mono<Void> fetchMissed() {
        return fetchOpen().flatMapMany((openPositions) -> {
            Set<Long> openIds = new HashSet<>();
            openPositions.forEach((position) -> openIds.add(position.id()));
            return Flux.fromIterable(this.tracker.unsettled()).filter((position) -> !openIds.contains(position.id()));
        }).concatMap((position) -> refresh(position.id())).then();
    }

    void complete() {
        this.orderUpdates.tryEmitComplete();
    }

    private Mono<List<Position>> fetchOpen() {
        return fetchPages((offset) -> fetchPage("portfolio.get-positions", "4.0", createPageBody(offset)),
                MAX_OPEN_POSITIONS, new ArrayList<>());
    }

    private Mono<List<Position>> fetchHistory(long id) {
        return fetchPages((offset) -> {
            ObjectNode body = createPageBody(offset);
            if (id != 0) {
                body.put("external_id", id);
            }
            return fetchPage("portfolio.get-history-positions", "2.0", body);
        }, PAGE_SIZE, new ArrayList<>());
    }

    private Mono<List<Position>> fetchPages(IntFunction<Mono<PositionPage>> pageFetcher, int maxPositions,
            List<Position> positions) {
        return pageFetcher.apply(positions.size()).flatMap((page) -> {
            positions.addAll(page.positions());
            boolean isDone = page.isLast(positions.size()) || positions.size() >= maxPositions;
            return isDone ? Mono.just(positions) : fetchPages(pageFetcher, maxPositions, positions);
        });
    }

    private Mono<PositionPage> fetchPage(String name, String version, ObjectNode body) {
        return this.webSocket.call(RpcRequest.of(name, version, body, this.timeouts.call())).map((message) -> {
            PositionPage page = PositionPage.of(message, PAGE_SIZE);
            page.positions().forEach(this::update);
            return page;
        });
    }

    private static ObjectNode createPageBody(int offset) {
        ObjectNode body = JsonTrees.createObject().put("limit", PAGE_SIZE).put("offset", offset);
        var types = body.putArray("instrument_types");
        for (OptionType type : OptionType.values()) {
            types.add(type.productName() + "-option");
        }
        return body;
    }

}
