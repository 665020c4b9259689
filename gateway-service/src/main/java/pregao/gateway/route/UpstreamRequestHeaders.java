package pregao.gateway.route;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import pregao.contracts.service.InternalHeader;
import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.contracts.service.ServiceTokens;
import pregao.gateway.auth.AuthorizationFilters;
import pregao.gateway.client.ClientAddressResolver;
import pregao.gateway.problem.TraceParent;

/**
 * The headers a request goes on with: what only the inside may say is dropped, where it
 * came from and the trace go along, and a token takes the place of the key where the
 * route asks for it.
 */
@Component
class UpstreamRequestHeaders {

    private static final String USER = "x-user-";

    private static final String FORWARDED = "x-forwarded-";

    // The gateway answers Expect itself, as soon as it reads the body.
    private static final Set<String> DROPPED = Set.of("host", "forwarded", "x-real-ip", "x-original-url",
            "x-rewrite-url", "expect", InternalHeader.PASS.toLowerCase(Locale.ROOT),
            InternalHeader.HOP.toLowerCase(Locale.ROOT), InternalHeader.HOST.toLowerCase(Locale.ROOT),
            TraceParent.HEADER);

    private static final Set<String> CREDENTIALS = Set.of("x-api-key", "authorization", "cookie");

    private final ClientAddressResolver callers;

    private final @Nullable ServiceTokens tokens;

    UpstreamRequestHeaders(ClientAddressResolver callers, ObjectProvider<ServiceTokens> tokens) {
        this.callers = callers;
        this.tokens = tokens.getIfAvailable();
    }

    /**
     * Writes them.
     * @param given as they came
     * @param exchange what is known of the request
     * @param passed as they go on
     */
    void write(HttpHeaders given, ServerWebExchange exchange, HttpHeaders passed) {
        String token = exchange.getAttribute(AuthorizationFilters.TOKEN);
        Set<String> hops = HopByHopHeaders.namedIn(given);
        for (Iterator<Map.Entry<CharSequence, CharSequence>> all = given.iteratorCharSequence(); all.hasNext();) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            String name = header.getKey().toString().toLowerCase(Locale.ROOT);
            boolean dropped = DROPPED.contains(name) || name.startsWith(USER) || name.startsWith(FORWARDED)
                    || hops.contains(name) || (token != null && CREDENTIALS.contains(name));
            if (!dropped) {
                // What the client would say of itself gives way to what the caller said.
                passed.set(header.getKey(), given.getAll(header.getKey()));
            }
        }
        if (token != null) {
            passed.set("Authorization", "Bearer " + token);
        }
        passed.set(InternalHeader.FORWARDED_FOR, this.callers.of(exchange).address());
        ServiceName callee = RouteConfiguration.callee(exchange);
        if (this.tokens != null && Operation.REQUESTS_FORWARD.callees().contains(callee)) {
            passed.set(InternalHeader.PASS, this.tokens.of(callee, Operation.REQUESTS_FORWARD));
        }
        String host = given.get("Host");
        if (callee == ServiceName.SESSION && host != null) {
            passed.set(InternalHeader.HOST, host);
        }
        passed.set(TraceParent.HEADER, TraceParent.of(exchange));
    }

}
