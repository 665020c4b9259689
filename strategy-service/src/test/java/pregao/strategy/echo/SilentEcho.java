package pregao.strategy.echo;

import java.time.Duration;

import tools.jackson.databind.json.JsonMapper;

import pregao.strategy.redis.Redis;
import pregao.strategy.redis.RedisSettings;

/**
 * An echo without a Redis.
 */
public final class SilentEcho {

    private SilentEcho() {
    }

    public static Echo make(Duration any, JsonMapper json) {
        return new Echo(new Redis(new RedisSettings("", any, any, any, 0)), json);
    }

}
