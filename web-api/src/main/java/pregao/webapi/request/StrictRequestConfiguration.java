package pregao.webapi.request;

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

import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.TextRule;

/**
 * Configuration that rejects requests that are not fully understood: bodies according to
 * {@link StrictBodyConfiguration}, and paths and parameters with control characters. An
 * invalid body field results in 422 and names the field, an invalid parameter in 400 and
 * names the parameter, an invalid path in 404.
 */
@Configuration(proxyBeanMethods = false)
@Import(StrictBodyConfiguration.class)
public class StrictRequestConfiguration {

    /** Rejects invalid paths and parameters. */
    @Bean
    WebFilter plainAddresses() {
        return (exchange, chain) -> {
            ProblemDefinition problem = findProblem(exchange.getRequest());
            return (problem != null) ? Mono.error(problem.asException()) : chain.filter(exchange);
        };
    }

    private static @Nullable ProblemDefinition findProblem(ServerHttpRequest request) {
        boolean hasPlainPath = request.getPath()
            .pathWithinApplication()
            .elements()
            .stream()
            .filter(PathContainer.PathSegment.class::isInstance)
            .map(PathContainer.PathSegment.class::cast)
            .allMatch((segment) -> TextRule.isPlain(segment.valueToMatch()));
        if (!hasPlainPath) {
            return ProblemDefinition.notFound();
        }
        List<FieldViolation> errors = new ArrayList<>();
        request.getQueryParams().forEach((name, values) -> {
            if (!TextRule.isPlain(name)) {
                errors.add(new FieldViolation(TextRule.HIDDEN_NAME, TextRule.EXPECTED));
            }
            else if (!values.stream().allMatch((value) -> value == null || TextRule.isPlain(value))) {
                errors.add(new FieldViolation(name, TextRule.EXPECTED));
            }
        });
        return errors.isEmpty() ? null : ProblemDefinition.invalidParameters(errors);
    }

}
