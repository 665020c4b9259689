package pregao.gateway.circuitbreaker;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;

import io.netty.handler.timeout.ReadTimeoutException;

/**
 * Which failures mean that a service gave no answer. An answer is an answer whatever it
 * says: otherwise one caller's bad request could close a service to all.
 */
final class UpstreamFailures {

    private UpstreamFailures() {
    }

    static boolean isFailure(Throwable failure) {
        return isConnectionLost(failure) || failure instanceof TimeoutException
                || failure instanceof ReadTimeoutException;
    }

    /** No connection was opened, so the service cannot have seen the request. */
    static boolean isUnsent(Throwable failure) {
        return failure instanceof ConnectException;
    }

    /** Refused, reset or closed early; a timeout is not repeated, it took long enough. */
    static boolean isConnectionLost(Throwable failure) {
        return failure instanceof IOException;
    }

}
