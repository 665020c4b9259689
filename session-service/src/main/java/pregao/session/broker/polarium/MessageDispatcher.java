package pregao.session.broker.polarium;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerException;

/**
 * Sends what is asked, at the pace that is allowed, and finds who waits for a reply.
 */
final class MessageDispatcher {

    private final PendingRequests<PendingReply> requests = new PendingRequests<>();

    private final SessionRateLimiter pace;

    private final BackgroundTasks lifeline;

    private final EventLoop loop;

    private @Nullable WebSocketConnection socket;

    private boolean open;

    MessageDispatcher(EventLoop loop, SessionRateLimiter pace, BackgroundTasks lifeline) {
        this.loop = loop;
        this.pace = pace;
        this.lifeline = lifeline;
    }

    /**
     * Sends through another connection from now on.
     * @param next an open one, or null
     */
    void use(@Nullable WebSocketConnection next) {
        this.socket = next;
    }

    /**
     * Lets questions through, or not.
     * @param now whether the broker has let us in
     */
    void open(boolean now) {
        this.open = now;
    }

    /**
     * Asks the broker.
     * @param call what
     * @return the answer, on the event loop, or a {@link BrokerException}
     */
    Mono<JsonNode> ask(RpcRequest call) {
        return Mono
            .create((sink) -> this.loop.execute(() -> queue(call, new PendingReply(sink::success, sink::error))));
    }

    void take(MessageFrame.Reply reply) {
        PendingRequests.Completion<PendingReply> end = this.requests.take(reply);
        if (end != null) {
            end.owner().end(end);
        }
    }

    /**
     * Sends a frame.
     * @param name of the envelope
     * @param message what is in it
     * @param waiter who waits for the reply
     * @param endsAcknowledged whether nothing follows the acknowledgement
     * @return the request's id
     */
    String send(String name, JsonNode message, PendingReply waiter, boolean endsAcknowledged) {
        String id = this.requests.add(waiter, endsAcknowledged);
        WebSocketConnection current = this.socket;
        if (current != null) {
            current.send(MessageFrame.write(name, id, message));
        }
        return id;
    }

    /**
     * Does something unless a request is replied to in time.
     * @param id of the request
     * @param nanos how long to wait
     * @param late what to do
     */
    void unlessReplied(String id, long nanos, Runnable late) {
        this.lifeline.run(later(nanos, TimeUnit.NANOSECONDS), (end) -> {
            if (this.requests.give(id) != null) {
                late.run();
            }
        });
    }

    /** Nobody will be replied to any more. */
    void giveUp() {
        this.requests.giveAll().forEach((waiter) -> waiter.fail(BrokerException.Kind.LOST, "the connection was lost"));
    }

    Mono<Void> later(long wait, TimeUnit unit) {
        return Mono.create((sink) -> {
            var timer = this.loop.schedule(() -> sink.success(), wait, unit);
            sink.onDispose(() -> timer.cancel(false));
        });
    }

    private void queue(RpcRequest call, PendingReply waiter) {
        if (!this.open) {
            refuse(waiter);
            return;
        }
        long wait = this.pace.take(call.isOrder());
        if (wait == 0) {
            send(call, waiter);
        }
        else {
            this.lifeline.run(later(wait, TimeUnit.NANOSECONDS), (end) -> send(call, waiter));
        }
    }

    private void send(RpcRequest call, PendingReply waiter) {
        if (!this.open) {
            refuse(waiter);
            return;
        }
        try {
            String id = send("sendMessage", call.message(), waiter, false);
            unlessReplied(id, call.timeout().toNanos(),
                    () -> waiter.fail(BrokerException.Kind.TIMED_OUT, "the broker did not answer in time"));
        }
        catch (BrokerException notSent) {
            waiter.failed().accept(notSent);
        }
    }

    private static void refuse(PendingReply waiter) {
        waiter.fail(BrokerException.Kind.NOT_CONNECTED, "there is no connection to the broker");
    }

}
