package pregao.session.identity.security;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.webapi.problem.FieldValidator;

/**
 * The header with which a request that is sent again is the same one.
 */
public final class IdempotencyKey {

    /** Its name. */
    public static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 128;

    private IdempotencyKey() {
    }

    /**
     * The id of what a person makes, the same whenever they ask for it with the same key.
     * @param user who asks
     * @param namespace what is made
     * @param key the header as it was sent; null where it was not
     * @return another one each time where there is no key
     * @throws pregao.webapi.problem.ProblemException 422 where the key is empty or too
     * long
     */
    public static UUID deriveId(AuthenticatedUser user, String namespace, @Nullable String key) {
        if (key == null) {
            return UUID.randomUUID();
        }
        FieldValidator validator = new FieldValidator();
        String text = validator.text(HEADER, key, MAX_LENGTH);
        validator.check();
        return UUID.nameUUIDFromBytes((user.id() + "|" + namespace + "|" + text).getBytes(StandardCharsets.UTF_8));
    }

}
