package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.SessionState;

/**
 * A session's connection, which comes back: it authenticates, keeps the clock, matches
 * replies, subscribes again. Everything in it happens on one event loop.
 */
final class ReconnectingWebSocket {

    private static final Logger log = LoggerFactory.getLogger(ReconnectingWebSocket.class);

    private static final long SUBSCRIBE_AGAIN_MILLIS = 1000;

    private final Set<Subscription> subscriptions = new LinkedHashSet<>();

    private final Sinks.Many<SessionState> states = Sinks.many().replay().latest();

    private final BackgroundTasks lifeline = new BackgroundTasks();

    private final MessageDispatcher dispatch;

    private final EventLoop loop;

    private final WebSocketConnector sockets;

    private final TokenProvider tokens;

    private final PolariumTimeouts timeouts;

    private final ServerClock clock;

    private final ReconnectPolicy reconnection;

    private final WebSocketListener listener;

    private SessionState state = SessionState.CONNECTING;

    private @Nullable WebSocketConnection socket;

    private @Nullable ScheduledFuture<?> watchdog;

    /** The request by which we said who we are. */
    private String authentication = "";

    private boolean rejected;

    /** 0 until the broker has said who we are. */
    private long userId;

    private long heard;

    ReconnectingWebSocket(EventLoop loop, WebSocketConnector sockets, TokenProvider tokens, SessionContext plan,
            WebSocketListener listener) {
        this.loop = loop;
        this.sockets = sockets;
        this.tokens = tokens;
        this.timeouts = plan.timeouts();
        this.clock = plan.clock();
        this.reconnection = plan.reconnection();
        this.dispatch = new MessageDispatcher(loop, plan.pace(), this.lifeline);
        this.listener = listener;
        this.states.tryEmitNext(this.state).orThrow();
    }

    void start() {
        Duration check = this.timeouts.silence().dividedBy(6);
        this.watchdog = this.loop.scheduleAtFixedRate(this::checkSilence, check.toNanos(), check.toNanos(),
                TimeUnit.NANOSECONDS);
        this.loop.execute(this::connect);
    }

    Flux<SessionState> states() {
        return this.states.asFlux();
    }

    boolean isOpen() {
        return this.state == SessionState.OPEN;
    }

    /**
     * Asks the broker.
     * @param call what
     * @return the answer, on the event loop, or a
     * {@link pregao.session.broker.api.BrokerException}
     */
    Mono<JsonNode> ask(RpcRequest call) {
        return this.dispatch.ask(call);
    }

    /**
     * Subscribes, now and after each reconnection.
     * @param subscription to what
     */
    void subscribe(Subscription subscription) {
        if (this.subscriptions.add(subscription) && isOpen()) {
            sendSubscription(subscription);
        }
    }

    void unsubscribe(Subscription subscription) {
        if (this.subscriptions.remove(subscription) && isOpen()) {
            this.dispatch.send("unsubscribeMessage", subscription.message(), PendingReply.nobody(), true);
        }
    }

    Mono<Void> close() {
        return Mono.<Void>create((sink) -> this.loop.execute(() -> {
            end(SessionState.CLOSED);
            sink.success();
        }));
    }

    private void connect() {
        this.rejected = false;
        long wait = this.sockets.turn();
        this.lifeline.run(this.dispatch.later(wait, TimeUnit.NANOSECONDS)
            .then(Mono.defer(() -> this.sockets.open(this.loop, this::opened, this::take))), this::ended);
    }

    private void opened(WebSocketConnection opened) {
        this.socket = opened;
        this.userId = 0;
        this.dispatch.use(opened);
        this.heard = System.nanoTime();
        this.lifeline.run(this.dispatch.later(this.timeouts.connect().toNanos(), TimeUnit.NANOSECONDS), (end) -> {
            if (opened.equals(this.socket) && this.userId == 0) {
                opened.close();
            }
        });
        JsonNode message = JsonTrees.object()
            .put("ssid", this.tokens.current().reveal())
            .put("protocol", 3)
            .put("session_id", "")
            .put("client_session_id", "");
        this.authentication = this.dispatch.send("authenticate", message,
                new PendingReply(this::authenticated, (failure) -> reject()), false);
    }

    private void authenticated(JsonNode answer) {
        if (!answer.asBoolean(false)) {
            reject();
            return;
        }
        this.dispatch.send("setOptions", JsonTrees.object().put("sendResults", true), PendingReply.nobody(), true);
        RpcRequest profile = RpcRequest.question("core.get-profile", "1.0", JsonTrees.object(),
                this.timeouts.connect());
        this.dispatch.send("sendMessage", profile.message(), new PendingReply(this::introduced, (failure) -> hangUp()),
                false);
    }

    /** It answers what we asked, though it may not say so. */
    private void authenticatedUnasked(MessageFrame.Push push) {
        if (push.message().asBoolean(true)) {
            this.dispatch
                .take(new MessageFrame.Reply(this.authentication, push.name(), MessageFrame.OK, push.message()));
        }
        else {
            reject();
        }
    }

    private void introduced(JsonNode profile) {
        JsonNode user = profile.has("result") ? profile.path("result") : profile;
        this.userId = user.path("user_id").asLong(0);
        if (this.userId == 0) {
            hangUp();
        }
        letThrough();
    }

    /**
     * Options end by the broker's clock, so nobody may ask anything before it is known.
     */
    private void letThrough() {
        if (this.userId != 0 && !isOpen() && this.clock.isKnown()) {
            this.reconnection.opened();
            this.subscriptions.forEach(this::sendSubscription);
            become(SessionState.OPEN);
            this.listener.opened(this.userId);
        }
    }

    private void reject() {
        this.rejected = true;
        hangUp();
    }

    private void hangUp() {
        WebSocketConnection open = this.socket;
        if (open != null) {
            open.close();
        }
    }

    private void take(String text) {
        switch (MessageFrame.read(text)) {
            case MessageFrame.Reply reply -> this.dispatch.take(reply);
            case MessageFrame.Event event -> this.listener.event(event);
            case MessageFrame.Push push -> {
                if (push.name().equals("timeSync")) {
                    this.heard = System.nanoTime();
                    this.clock.set(push.message().asLong(0));
                    letThrough();
                }
                else if (push.name().equals("authenticated")) {
                    authenticatedUnasked(push);
                }
            }
        }
    }

    private void ended(@Nullable Throwable error) {
        boolean wasOpen = isOpen();
        log.debug("connection ended", error);
        this.socket = null;
        this.dispatch.use(null);
        this.dispatch.giveUp();
        if (this.state.isFinal()) {
            return;
        }
        become(SessionState.CONNECTING);
        if (wasOpen) {
            this.listener.lost();
        }
        long wait = this.rejected ? this.reconnection.rejected() : this.reconnection.lost();
        if (this.reconnection.isHopeless()) {
            end(SessionState.SIGNED_OUT);
            return;
        }
        Mono<Void> renewed = this.rejected ? this.tokens.renew() : Mono.empty();
        this.lifeline.run(renewed.then(this.dispatch.later(wait, TimeUnit.MILLISECONDS)), (end) -> connect());
    }

    private void end(SessionState last) {
        if (!this.state.isFinal()) {
            become(last);
            this.states.tryEmitComplete().orThrow();
            hangUp();
            this.dispatch.giveUp();
            ScheduledFuture<?> checks = this.watchdog;
            if (checks != null) {
                checks.cancel(false);
            }
            this.listener.ended();
            this.lifeline.cut();
        }
    }

    private void become(SessionState next) {
        if (this.state != next) {
            this.state = next;
            this.dispatch.open(isOpen());
            this.states.tryEmitNext(next).orThrow();
        }
    }

    private void sendSubscription(Subscription subscription) {
        PendingReply waiter = new PendingReply((answer) -> {
        }, (failure) -> subscribeLater(subscription));
        String id = this.dispatch.send("subscribeMessage", subscription.message(), waiter, true);
        this.dispatch.unlessReplied(id, this.timeouts.call().toNanos(), () -> subscribeLater(subscription));
    }

    private void subscribeLater(Subscription subscription) {
        this.lifeline.run(this.dispatch.later(SUBSCRIBE_AGAIN_MILLIS, TimeUnit.MILLISECONDS), (end) -> {
            // Subscribing twice is harmless; not being subscribed is not.
            if (isOpen() && this.subscriptions.contains(subscription)) {
                sendSubscription(subscription);
            }
        });
    }

    private void checkSilence() {
        if (this.socket != null && System.nanoTime() - this.heard > this.timeouts.silence().toNanos()) {
            log.info("nothing heard of the broker for {}, connecting again", this.timeouts.silence());
            hangUp();
        }
    }

}
