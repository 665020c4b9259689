package pregao.http.request;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

import pregao.http.problem.FieldError;
import pregao.http.problem.PlainText;
import pregao.http.problem.Trouble;

/**
 * Takes a request only where all of it is understood: {@link StrictBodies}, and in paths
 * and parameters no control characters. What is wrong in a body is 422 with its field, a
 * parameter 400 with its name, a path 404.
 */
@Configuration(proxyBeanMethods = false)
@Import(StrictBodies.class)
public class StrictRequests {

    /** Looks at what no body is: the path and the parameters. */
    @Bean
    WebFilter plainAddresses() {
        return (exchange, chain) -> {
            Trouble trouble = trouble(exchange.getRequest());
            return (trouble != null) ? Mono.error(trouble.asException()) : chain.filter(exchange);
        };
    }

    private static @Nullable Trouble trouble(ServerHttpRequest request) {
        boolean plain = request.getPath()
            .pathWithinApplication()
            .elements()
            .stream()
            .filter(PathContainer.PathSegment.class::isInstance)
            .map(PathContainer.PathSegment.class::cast)
            .allMatch((part) -> PlainText.isPlain(part.valueToMatch()));
        if (!plain) {
            return Trouble.notFound();
        }
        List<FieldError> errors = new ArrayList<>();
        request.getQueryParams().forEach((name, values) -> {
            if (!PlainText.isPlain(name)) {
                errors.add(new FieldError(PlainText.UNTOLD, PlainText.EXPECTED));
            }
            else if (!values.stream().allMatch((value) -> value == null || PlainText.isPlain(value))) {
                errors.add(new FieldError(name, PlainText.EXPECTED));
            }
        });
        return errors.isEmpty() ? null : Trouble.parameters(errors);
    }

}
