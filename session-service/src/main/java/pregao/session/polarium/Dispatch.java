package pregao.session.polarium;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.Lifeline;

/**
 * Sends what is asked, at the pace that is allowed, and finds who waits for a reply.
 */
final class Dispatch {

    private final Requests<Waiter> requests = new Requests<>();

    private final Pace pace;

    private final Lifeline lifeline;

    private final EventLoop loop;

    private @Nullable Socket socket;

    private boolean open;

    Dispatch(EventLoop loop, Pace pace, Lifeline lifeline) {
        this.loop = loop;
        this.pace = pace;
        this.lifeline = lifeline;
    }

    /**
     * Sends through another connection from now on.
     * @param next an open one, or null
     */
    void use(@Nullable Socket next) {
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
     * @return the answer, on the event loop, or a {@link BrokerFailure}
     */
    Mono<JsonNode> ask(Call call) {
        return Mono.create((sink) -> this.loop.execute(() -> queue(call, new Waiter(sink::success, sink::error))));
    }

    void take(Frame.Reply reply) {
        Requests.End<Waiter> end = this.requests.take(reply);
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
    String send(String name, JsonNode message, Waiter waiter, boolean endsAcknowledged) {
        String id = this.requests.add(waiter, endsAcknowledged);
        Socket current = this.socket;
        if (current != null) {
            current.send(Frame.write(name, id, message));
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
        this.requests.giveAll().forEach((waiter) -> waiter.fail(BrokerFailure.Kind.LOST, "the connection was lost"));
    }

    Mono<Void> later(long wait, TimeUnit unit) {
        return Mono.create((sink) -> {
            var timer = this.loop.schedule(() -> sink.success(), wait, unit);
            sink.onDispose(() -> timer.cancel(false));
        });
    }

    private void queue(Call call, Waiter waiter) {
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

    private void send(Call call, Waiter waiter) {
        if (!this.open) {
            refuse(waiter);
            return;
        }
        try {
            String id = send("sendMessage", call.message(), waiter, false);
            unlessReplied(id, call.timeout().toNanos(),
                    () -> waiter.fail(BrokerFailure.Kind.TIMED_OUT, "the broker did not answer in time"));
        }
        catch (BrokerFailure notSent) {
            waiter.failed().accept(notSent);
        }
    }

    private static void refuse(Waiter waiter) {
        waiter.fail(BrokerFailure.Kind.NOT_CONNECTED, "there is no connection to the broker");
    }

}
