package pregao.gateway.filter;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.WebFilter;

import pregao.gateway.RunningGateway;

import static org.assertj.core.api.Assertions.assertThat;

class FilterOrderTests {

    @Test
    void noTwoFiltersHaveTheSameOrder() {
        try (RunningGateway gateway = RunningGateway.start()) {
            ListableBeanFactory beans = gateway.beans();
            assertThat(ties(beans, WebFilter.class)).isEmpty();
            assertThat(ties(beans, GlobalFilter.class)).isEmpty();
            assertThat(orders(beans, WebFilter.class)).containsKeys("responseTimeFilter", "securityHeadersFilter",
                    "corsFilter", "ipRateLimitFilter", "requestSizeFilter", "webSocketHandshakeFilter");
        }
    }

    @Test
    void measuresWhatTheHeadersCostToo() {
        assertThat(FilterOrder.RESPONSE_TIME).isLessThan(FilterOrder.SECURITY_HEADERS);
        assertThat(Set.of(FilterOrder.IP_RATE_LIMIT, FilterOrder.CORS, FilterOrder.REQUEST_SIZE,
                FilterOrder.WEBSOCKET_HANDSHAKE))
            .allMatch((order) -> order > FilterOrder.SECURITY_HEADERS);
    }

    /**
     * Returns the filters of the gateway that share their order with any other filter.
     */
    private static List<String> ties(ListableBeanFactory beans, Class<?> type) {
        Map<String, Integer> orders = orders(beans, type);
        return orders.entrySet()
            .stream()
            .filter((filter) -> isOurs(beans.getBean(filter.getKey()))
                    && Collections.frequency(orders.values(), filter.getValue()) > 1)
            .map(Map.Entry::toString)
            .toList();
    }

    private static boolean isOurs(Object filter) {
        return filter.getClass().getName().startsWith("pregao.") || filter instanceof CorsWebFilter;
    }

    private static Map<String, Integer> orders(ListableBeanFactory beans, Class<?> type) {
        Map<String, Integer> orders = new HashMap<>();
        beans.getBeansOfType(type).forEach((name, filter) -> {
            Order order = beans.findAnnotationOnBean(name, Order.class);
            if (filter instanceof Ordered ordered) {
                orders.put(name, ordered.getOrder());
            }
            else {
                orders.put(name, (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE);
            }
        });
        return orders;
    }

}
