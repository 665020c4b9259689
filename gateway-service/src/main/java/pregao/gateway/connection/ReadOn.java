package pregao.gateway.connection;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * Reads on after every answer. Reactor Netty 1.3.6 may forget to, where a kept-alive
 * connection's next request came before the answer to the one before was done (its issue
 * 4361): the caller then waits until it gives up. To read once more does no harm.
 */
@ChannelHandler.Sharable
final class ReadOn extends ChannelOutboundHandlerAdapter {

    private static final String NAME = "pregao.readOn";

    private static final ReadOn INSTANCE = new ReadOn();

    private ReadOn() {
    }

    static void watch(Connection connection) {
        ChannelPipeline pipeline = connection.channel().pipeline();
        if (pipeline.get(NAME) == null && pipeline.get(NettyPipeline.HttpCodec) != null) {
            pipeline.addAfter(NettyPipeline.HttpCodec, NAME, INSTANCE);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent) {
            // Later than what the server itself does next.
            context.write(message, promise.unvoid())
                .addListener((written) -> context.executor().schedule(context::read, 1, TimeUnit.MILLISECONDS));
        }
        else {
            context.write(message, promise);
        }
    }

}
