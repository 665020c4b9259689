package pregao.session.broker.account;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Prices;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/brokers/accounts/{id}/candles}: candles of a broker in real time.
 */
@RestController
@RequestMapping("/api/brokers/accounts/{id}/candles")
@SecurityRequirement(name = "token")
class CandleController {

    private static final int MAX_SYMBOL_LENGTH = 32;

    private static final int MAX_CANDLE_SECONDS = 86_400;

    /**
     * The number of updates that a client may lag behind before its stream is terminated.
     */
    private static final int BUFFER_SIZE = 256;

    private static final int MAX_STREAMS_PER_SESSION = 200;

    private static final Duration KEEPALIVE_INTERVAL = Duration.ofSeconds(3);

    private final BrokerAccountRepository accounts;

    private final BrokerSessionRegistry sessions;

    CandleController(BrokerAccountRepository accounts, BrokerSessionRegistry sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(operationId = "listBrokerCandles", summary = "Streams candles of a broker as server-sent events")
    Flux<ServerSentEvent<BrokerCandleResponse>> candles(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, @RequestParam String symbol, @RequestParam(defaultValue = "60") int seconds) {
        FieldValidator fields = new FieldValidator();
        fields.text("symbol", symbol, MAX_SYMBOL_LENGTH);
        fields.require(seconds > 0 && seconds <= MAX_CANDLE_SECONDS, "seconds", "1 to " + MAX_CANDLE_SECONDS);
        fields.check();
        return this.accounts.getByIdAndUser(id, user.id())
            .flatMap((account) -> this.sessions.getOrOpen(id))
            .filter((managedSession) -> managedSession.activeUses() < MAX_STREAMS_PER_SESSION)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.tooManyAttempts(Duration.ofSeconds(10)).asException()))
            .flatMap(ManagedBrokerSession::awaitSession)
            .flatMapMany((session) -> session.streamCandles(symbol, seconds))
            .onBackpressureBuffer(BUFFER_SIZE)
            .map((update) -> ServerSentEvent.builder(BrokerCandleResponse.of(update)).event("candle").build())
            .transform(CandleController::withKeepalives)
            .onErrorMap(BrokerException.class, BrokerErrorMapper::toProblem);
    }

    /**
     * Merges comments into the stream, so that clients can tell that it is alive while
     * nothing is traded.
     */
    private static Flux<ServerSentEvent<BrokerCandleResponse>> withKeepalives(
            Flux<ServerSentEvent<BrokerCandleResponse>> candles) {
        Flux<ServerSentEvent<BrokerCandleResponse>> keepalives = Flux.interval(KEEPALIVE_INTERVAL)
            .onBackpressureDrop()
            .map((tick) -> ServerSentEvent.<BrokerCandleResponse>builder().comment("").build());
        return candles.publish((shared) -> shared.mergeWith(keepalives.takeUntilOther(shared.ignoreElements())));
    }

    /**
     * A candle.
     *
     * @param ts the open time
     * @param seconds the duration in seconds
     * @param open the open price
     * @param high the high price
     * @param low the low price
     * @param close the close price
     * @param closed whether the candle is final
     */
    record BrokerCandleResponse(Instant ts, int seconds, String open, String high, String low, String close,
            boolean closed) {

        static BrokerCandleResponse of(CandleUpdate update) {
            BrokerCandle candle = update.candle();
            return new BrokerCandleResponse(Instant.ofEpochSecond(candle.from()), candle.seconds(),
                    Prices.toText(candle.open()), Prices.toText(candle.high()), Prices.toText(candle.low()),
                    Prices.toText(candle.close()), update.closed());
        }

    }

}
