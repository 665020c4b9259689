package pregao.session.broker.api;

import reactor.core.publisher.Mono;

/**
 * A broker, to which each user connects on their own.
 */
public interface Broker {

    /**
     * Opens a user's session.
     * @param credentials what the user gave
     * @return how it ended; never an error
     */
    Mono<LoginResult> connect(Credentials credentials);

    /**
     * Goes on where a code was wanted.
     * @param codeRequired what {@link #connect} answered
     * @param code as the user typed it
     * @return how it ended; never an error
     */
    Mono<LoginResult> submitCode(LoginResult.CodeRequired codeRequired, String code);

}
