package pregao.session.broker.polarium;

/**
 * The times by which a session goes.
 *
 * @param timeouts how long to wait for what
 * @param clock the broker's
 * @param reconnection when to connect again
 * @param pace how fast to ask
 */
record SessionContext(PolariumTimeouts timeouts, ServerClock clock, ReconnectPolicy reconnection,
        SessionRateLimiter pace) {

}
