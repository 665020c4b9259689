package pregao.webapi.request;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Configuration that rejects request bodies that are not fully understood: unknown or
 * duplicate fields, trailing content, strings or decimals in place of integers, and
 * strings with control characters or unpaired surrogates.
 */
@Configuration(proxyBeanMethods = false)
public class StrictBodyConfiguration implements WebFluxConfigurer {

    private final JsonMapper jsonMapper;

    StrictBodyConfiguration(JsonMapper jsonMapper) {
        this.jsonMapper = createStrictMapper(jsonMapper);
    }

    static JsonMapper createStrictMapper(JsonMapper jsonMapper) {
        return jsonMapper.rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule("plain texts").addDeserializer(String.class, new PlainTextDeserializer()))
            .build();
    }

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
        codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(this.jsonMapper));
    }

}
