package pregao.gateway.ticket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.SetArgs;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.gateway.auth.CallerPrincipal;
import pregao.gateway.redis.ReconnectingRedisClient;
import pregao.gateway.redis.RedisUnavailableException;

/**
 * Service that issues tickets and redeems each once: at any replica if Redis is
 * available, otherwise only at the one that issued it. It stores only the hashes of
 * tickets.
 */
@Component
class WebSocketTicketService {

    private static final int TICKET_BYTES = 32;

    private static final String KEY_PREFIX = "ticket:";

    /**
     * Prefix of tickets that only this replica knows. Other tickets contain no dot.
     */
    private static final String LOCAL_PREFIX = "local.";

    private static final String SEPARATOR = "\n";

    private final SecureRandom random = new SecureRandom();

    private final TicketProperties settings;

    private final ReconnectingRedisClient redis;

    private final Cache<String, CallerPrincipal> localTickets;

    WebSocketTicketService(TicketProperties settings, ReconnectingRedisClient redis) {
        this.settings = settings;
        this.redis = redis;
        this.localTickets = Caffeine.newBuilder()
            .maximumSize(settings.maxLocal())
            .expireAfterWrite(settings.ttl())
            .executor(Runnable::run)
            .build();
    }

    /**
     * Issues a ticket.
     * @param caller the caller to whom the ticket belongs
     * @return the ticket, which is not stored
     */
    Mono<String> issue(CallerPrincipal caller) {
        String ticket = generateTicket();
        return this.redis
            .execute((commands) -> commands.set(KEY_PREFIX + computeHash(ticket), serialize(caller),
                    SetArgs.Builder.px(this.settings.ttl())))
            .thenReturn(ticket)
            .onErrorResume(RedisUnavailableException.class,
                    (unavailable) -> Mono.fromSupplier(() -> issueLocally(caller)));
    }

    /**
     * Issues a ticket known only to this replica. Redis may have stored the first ticket
     * although its reply came too late, so that ticket is discarded.
     */
    private String issueLocally(CallerPrincipal caller) {
        String ticket = LOCAL_PREFIX + generateTicket();
        this.localTickets.put(computeHash(ticket), caller);
        return ticket;
    }

    private String generateTicket() {
        byte[] bytes = new byte[TICKET_BYTES];
        this.random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Redeems a ticket, which is invalid afterwards.
     * @param ticket the ticket as sent
     * @return the caller, or empty if the ticket is unknown, expired or used
     */
    Mono<CallerPrincipal> redeem(String ticket) {
        String hash = computeHash(ticket);
        if (ticket.startsWith(LOCAL_PREFIX)) {
            return Mono.justOrEmpty(this.localTickets.asMap().remove(hash));
        }
        return this.redis.execute((commands) -> commands.getdel(KEY_PREFIX + hash))
            .map(WebSocketTicketService::deserialize)
            .onErrorResume(RedisUnavailableException.class, (unavailable) -> Mono.empty());
    }

    private static String computeHash(String ticket) {
        try {
            return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8)));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }

    private static String serialize(CallerPrincipal caller) {
        return String.join(SEPARATOR, caller.user(), caller.session(), caller.feed());
    }

    private static CallerPrincipal deserialize(String text) {
        List<String> parts = List.of(text.split(SEPARATOR, -1));
        return new CallerPrincipal(parts.get(0), parts.get(1), parts.get(2));
    }

}
