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
 * Headers of forwarded requests. It drops headers that only services may set, adds the
 * client address and the trace context, and replaces the credentials with a token if the
 * route requires it.
 */
@Component
class UpstreamRequestHeaders {

    private static final String USER_PREFIX = "x-user-";

    private static final String FORWARDED_PREFIX = "x-forwarded-";

    // The gateway responds to Expect itself when it reads the body.
    private static final Set<String> DROPPED_HEADERS = Set.of("host", "forwarded", "x-real-ip", "x-original-url",
            "x-rewrite-url", "expect", InternalHeader.PASS.toLowerCase(Locale.ROOT),
            InternalHeader.HOP.toLowerCase(Locale.ROOT), InternalHeader.HOST.toLowerCase(Locale.ROOT),
            TraceParent.HEADER);

    private static final Set<String> CREDENTIAL_HEADERS = Set.of("x-api-key", "authorization", "cookie");

    private final ClientAddressResolver addressResolver;

    private final @Nullable ServiceTokens serviceTokens;

    UpstreamRequestHeaders(ClientAddressResolver addressResolver, ObjectProvider<ServiceTokens> serviceTokens) {
        this.addressResolver = addressResolver;
        this.serviceTokens = serviceTokens.getIfAvailable();
    }

    /**
     * Writes the headers of the forwarded request.
     * @param incoming the headers of the incoming request
     * @param exchange the exchange
     * @param outgoing the headers of the outgoing request
     */
    void write(HttpHeaders incoming, ServerWebExchange exchange, HttpHeaders outgoing) {
        String token = exchange.getAttribute(AuthorizationFilters.TOKEN_ATTRIBUTE);
        Set<String> hopByHop = HopByHopHeaders.findNames(incoming);
        for (Iterator<Map.Entry<CharSequence, CharSequence>> iterator = incoming.iteratorCharSequence(); iterator
            .hasNext();) {
            Map.Entry<CharSequence, CharSequence> header = iterator.next();
            String name = header.getKey().toString().toLowerCase(Locale.ROOT);
            boolean dropped = DROPPED_HEADERS.contains(name) || name.startsWith(USER_PREFIX)
                    || name.startsWith(FORWARDED_PREFIX) || hopByHop.contains(name)
                    || (token != null && CREDENTIAL_HEADERS.contains(name));
            if (!dropped) {
                // Replaces the default headers of the HTTP client, such as User-Agent.
                outgoing.set(header.getKey(), incoming.getAll(header.getKey()));
            }
        }
        if (token != null) {
            outgoing.set("Authorization", "Bearer " + token);
        }
        outgoing.set(InternalHeader.FORWARDED_FOR, this.addressResolver.resolve(exchange).address());
        ServiceName callee = RouteConfiguration.getCallee(exchange);
        if (this.serviceTokens != null && Operation.REQUESTS_FORWARD.callees().contains(callee)) {
            outgoing.set(InternalHeader.PASS, this.serviceTokens.of(callee, Operation.REQUESTS_FORWARD));
        }
        String host = incoming.get("Host");
        if (callee == ServiceName.SESSION && host != null) {
            outgoing.set(InternalHeader.HOST, host);
        }
        outgoing.set(TraceParent.HEADER, TraceParent.resolve(exchange));
    }

}
