package pregao.session.broker.binance;

import java.net.URI;

import io.netty.channel.EventLoop;
import reactor.core.scheduler.Scheduler;

/**
 * Where a session happens.
 *
 * @param loop on which everything of it happens
 * @param scheduler the same
 * @param sockets to open its connection
 * @param backoff when to open it again
 * @param address of its connection
 */
record ConnectionContext(EventLoop loop, Scheduler scheduler, WebSocketConnector sockets, ReconnectBackoff backoff,
        URI address) {

}
