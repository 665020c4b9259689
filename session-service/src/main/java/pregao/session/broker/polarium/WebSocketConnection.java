package pregao.session.broker.polarium;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

/**
 * An open WebSocket to write to.
 *
 * @param channel the channel of the WebSocket
 */
record WebSocketConnection(Channel channel) {

    void send(String text) {
        this.channel.writeAndFlush(new TextWebSocketFrame(text)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    void close() {
        this.channel.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

}
