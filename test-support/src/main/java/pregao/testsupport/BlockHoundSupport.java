package pregao.testsupport;

import reactor.blockhound.BlockHound;

/**
 * Makes every call that blocks an event loop fail; to be switched on before the first
 * loop starts.
 */
public final class BlockHoundSupport {

    private BlockHoundSupport() {
    }

    /**
     * Switches it on, once.
     */
    public static void mustNotBlock() {
        BlockHound.install(
                // Random bytes come from the kernel without waiting.
                (hound) -> hound.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully"),
                // Netty's allocator locks for the moment in which it grows.
                (hound) -> hound.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate"),
                // Who first sends a kind of body has its reader made, once.
                (hound) -> hound.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
                        "_createAndCacheValueDeserializer"),
                // Who asks for the documents first makes them, once.
                (hound) -> hound.allowBlockingCallsInside("org.springdoc.api.AbstractOpenApiResource", "getOpenApi"));
    }

}
