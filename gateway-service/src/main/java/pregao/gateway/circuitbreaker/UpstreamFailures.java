package pregao.gateway.circuitbreaker;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;

import io.netty.handler.timeout.ReadTimeoutException;

/**
 * Failures that mean that a service did not respond. A response with an error status is
 * not a failure, because otherwise one caller's invalid requests could open the circuit
 * for all.
 */
final class UpstreamFailures {

    private UpstreamFailures() {
    }

    static boolean isFailure(Throwable failure) {
        return isConnectionLost(failure) || failure instanceof TimeoutException
                || failure instanceof ReadTimeoutException;
    }

    /**
     * Returns whether no connection was opened, so that the service cannot have received
     * the request.
     */
    static boolean isUnsent(Throwable failure) {
        return failure instanceof ConnectException;
    }

    /**
     * Returns whether the connection was refused, reset or closed early. A timeout is not
     * retried, because it took long enough.
     */
    static boolean isConnectionLost(Throwable failure) {
        return failure instanceof IOException;
    }

}
