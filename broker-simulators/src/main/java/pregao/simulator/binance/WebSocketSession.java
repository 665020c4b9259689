package pregao.simulator.binance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.CharsetUtil;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Json;

/**
 * A WebSocket of either kind: it lives for a day, is pinged, and is cut off where nobody
 * answers or too much is said.
 */
abstract class WebSocketSession {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final SimulatedBroker broker;

    private final Channel channel;

    private final long number = NUMBERS.incrementAndGet();

    private final long since;

    private long pinged;

    private long answered;

    private long second;

    private int saidInSecond;

    private boolean frozen;

    WebSocketSession(SimulatedBroker broker, Channel channel) {
        this.broker = broker;
        this.channel = channel;
        this.since = broker.clock().millis();
        this.pinged = this.since;
        this.answered = this.since;
    }

    /**
     * Takes what the client says.
     * @param message a frame's JSON
     */
    abstract void take(JsonNode message);

    /** Says what is new. */
    abstract void speak();

    /** Says that the broker is about to restart. */
    abstract void sayShutdown();

    SimulatedBroker broker() {
        return this.broker;
    }

    long number() {
        return this.number;
    }

    void receive(WebSocketFrame frame) {
        if (this.frozen || !counted()) {
            return;
        }
        if (frame instanceof TextWebSocketFrame text) {
            take(Json.read(text.text()));
            this.channel.flush();
        }
        else if (frame instanceof PongWebSocketFrame pong
                && pong.content().toString(CharsetUtil.US_ASCII).equals(String.valueOf(this.pinged))) {
            this.answered = this.broker.clock().millis();
        }
    }

    void tick() {
        long now = this.broker.clock().millis();
        if (now - this.since > this.broker.life().millis()) {
            drop();
            return;
        }
        if (this.frozen) {
            return;
        }
        if (now - this.pinged >= this.broker.life().pingMillis()) {
            boolean dead = this.answered < this.pinged && now - this.answered > 3 * this.broker.life().pingMillis();
            this.pinged = now;
            this.channel.write(new PingWebSocketFrame(Unpooled.copiedBuffer(String.valueOf(now), CharsetUtil.US_ASCII)))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            if (dead) {
                drop();
            }
        }
        speak();
        this.channel.flush();
    }

    /** Goes on without a word, as a connection does of which one end is lost. */
    void freeze() {
        this.frozen = true;
    }

    void drop() {
        this.channel.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    void send(JsonNode message) {
        if (!this.frozen) {
            this.channel.writeAndFlush(new TextWebSocketFrame(Json.write(message)))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    /**
     * How many messages a second are too many.
     * @return a number
     */
    int mostASecond() {
        return 5;
    }

    private boolean counted() {
        long now = TimeUnit.MILLISECONDS.toSeconds(this.broker.clock().millis());
        this.saidInSecond = (this.second == now) ? this.saidInSecond + 1 : 1;
        this.second = now;
        if (this.saidInSecond > mostASecond()) {
            this.broker.talks().tooTalkative();
            drop();
            return false;
        }
        return true;
    }

}
