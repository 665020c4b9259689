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
 * Gives out tickets and takes each back once: any replica where Redis is there, else the
 * one that gave it. Only what a ticket hashes to is kept.
 */
@Component
class WebSocketTicketService {

    private static final int TICKET_BYTES = 32;

    private static final String KEY_PREFIX = "ticket:";

    /**
     * Begins a ticket that only this replica knows; no letter of other tickets is a dot.
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
     * Gives out a ticket.
     * @param caller for whom
     * @return the ticket, which is kept nowhere
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
     * Redis may have stored the first ticket although it did not say so in time. So that
     * one is given to nobody, and another one is known here only.
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
     * Takes a ticket, which is worth nothing afterwards.
     * @param ticket as it was presented
     * @return whose it was, or empty where it is unknown, too old or used
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
