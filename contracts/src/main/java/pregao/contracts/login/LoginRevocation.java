package pregao.contracts.login;

import java.time.Instant;

/**
 * A login that has ended: its tokens are not good any more, though they say they are.
 *
 * @param id the claim {@code sid} of its tokens
 * @param at since when
 */
public record LoginRevocation(String id, Instant at) {

    public LoginRevocation {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a login has an id");
        }
    }

}
