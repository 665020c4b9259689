package pregao.session.broker.api;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A broker, to which each user connects with an account of their own.
 */
public interface Broker {

    /**
     * Logs a user in and opens a session.
     * @param credentials the user's credentials
     * @return the result of the login; never an error
     */
    Mono<LoginResult> connect(Credentials credentials);

    /**
     * Continues a login for which the broker requires a code.
     * @param codeRequired the result of {@link #connect} that required the code
     * @param code the code as the user typed it
     * @return the result of the login; never an error
     */
    Mono<LoginResult> submitCode(LoginResult.CodeRequired codeRequired, String code);

    /**
     * Runs the path of orders without sending anything to the broker, so that the JVM has
     * compiled it before the first order.
     * @param orders orders to place at a no-op exchange
     * @return completes when all are placed; at once for a broker that has nothing to
     * warm up
     */
    default Mono<Void> warmUp(Flux<SpotOrder> orders) {
        return Mono.empty();
    }

}
