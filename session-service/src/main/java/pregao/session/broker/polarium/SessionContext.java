package pregao.session.broker.polarium;

/**
 * Timing of a session.
 *
 * @param timeouts the timeouts
 * @param clock the server clock
 * @param reconnection the reconnect policy
 * @param pace the rate limiter of the session
 */
record SessionContext(PolariumTimeouts timeouts, ServerClock clock, ReconnectPolicy reconnection,
        SessionRateLimiter pace) {

}
