package pregao.gateway.ratelimit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.Base16;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.gateway.redis.ReconnectingRedisClient;

/**
 * Token buckets that all replicas share. They are stored in Redis and use its clock. Each
 * acquisition is one atomic script.
 */
@Component
class RedisTokenBuckets {

    private static final String SCRIPT = """
            local full, window, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
            local left, at = tonumber(kept[1]) or full, tonumber(kept[2]) or now
            left = math.min(full, left + math.max(0, now - at) * full / window)
            local given = math.min(wanted, math.floor(left))
            left = left - given
            redis.call('HSET', KEYS[1], 'left', left, 'at', now)
            redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000) + 1000)
            local pause = 0
            if given == 0 then pause = math.ceil((1 - left) * window / full) end
            return {given, math.floor(left), pause}
            """;

    private static final long NANOS_PER_MICRO = 1_000;

    private final ReconnectingRedisClient redis;

    private final String scriptDigest;

    RedisTokenBuckets(ReconnectingRedisClient redis) {
        this.redis = redis;
        this.scriptDigest = Base16.digest(SCRIPT.getBytes(StandardCharsets.UTF_8));
    }

    Mono<TokenGrant> acquire(String caller, RateLimit limit, int tokens) {
        String[] keys = { "rate:" + caller };
        String[] arguments = { Integer.toString(limit.requests()),
                Long.toString(limit.window().toNanos() / NANOS_PER_MICRO), Integer.toString(tokens) };
        return this.redis.execute((commands) -> runScript(commands, keys, arguments)).map(TokenGrant::of);
    }

    private CompletionStage<List<Long>> runScript(RedisAsyncCommands<String, String> commands, String[] keys,
            String[] arguments) {
        CompletionStage<List<Long>> cachedResult = commands.evalsha(this.scriptDigest, ScriptOutputType.MULTI, keys,
                arguments);
        return cachedResult.exceptionallyCompose((failure) -> (failure instanceof RedisNoScriptException)
                ? commands.eval(SCRIPT, ScriptOutputType.MULTI, keys, arguments)
                : CompletableFuture.failedStage(failure));
    }

}
