package pregao.session.broker.binance;

import java.net.URI;

import io.netty.channel.EventLoop;
import reactor.core.scheduler.Scheduler;

/**
 * Context of a session's connection.
 *
 * @param loop the event loop on which the whole session runs
 * @param scheduler the same event loop as a scheduler
 * @param sockets the connector that opens the WebSocket
 * @param backoff the delays between reconnect attempts
 * @param address the URI of the WebSocket
 */
record ConnectionContext(EventLoop loop, Scheduler scheduler, WebSocketConnector sockets, ReconnectBackoff backoff,
        URI address) {

}
