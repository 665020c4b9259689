package pregao.session.identity.security;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.webapi.problem.FieldValidator;

/**
 * {@code Idempotency-Key} header, which identifies a request that is sent again.
 */
public final class IdempotencyKey {

    /** The name of the header. */
    public static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 128;

    private IdempotencyKey() {
    }

    /**
     * Derives the ID of the resource to create. The same user, namespace and key result
     * in the same ID.
     * @param user the user who sent the request
     * @param namespace the kind of resource
     * @param key the value of the header, or null if it is missing
     * @return a random ID if there is no key
     * @throws pregao.webapi.problem.ProblemException 422 if the key is empty or too long
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
