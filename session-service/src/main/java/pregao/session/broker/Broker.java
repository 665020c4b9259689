package pregao.session.broker;

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
    Mono<Login> connect(Credentials credentials);

    /**
     * Goes on where a code was wanted.
     * @param wanted what {@link #connect} answered
     * @param code as the user typed it
     * @return how it ended; never an error
     */
    Mono<Login> answer(Login.CodeWanted wanted, String code);

}
