package pregao.http.request;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import pregao.http.problem.FieldError;
import pregao.http.problem.PlainText;
import pregao.http.problem.Trouble;

/**
 * Takes a request only where all of it is understood: no field that nobody knows or that
 * is there twice, no text or decimal where a whole number is meant, no text with control
 * characters or halves of characters. What is wrong in a body is 422 with its field, a
 * parameter 400 with its name.
 */
@Configuration(proxyBeanMethods = false)
public class StrictRequests implements WebFluxConfigurer {

    private final JsonMapper json;

    StrictRequests(JsonMapper json) {
        this.json = strict(json);
    }

    static JsonMapper strict(JsonMapper json) {
        return json.rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule("plain texts").addDeserializer(String.class, new PlainTextDeserializer()))
            .build();
    }

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
        codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(this.json));
    }

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
