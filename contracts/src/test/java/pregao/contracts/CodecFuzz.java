package pregao.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Bytes that are no message, or one with a few bytes gone wrong.
 */
public final class CodecFuzz {

    private static final int MAX_ATTEMPTS = 20_000;

    private CodecFuzz() {
    }

    /**
     * A decoder either gives something that comes back from its own bytes, or says that
     * its argument is wrong; it never throws anything else.
     */
    public static <T> void refusedOrDecoded(long seed, Function<byte[], T> decoder, Function<T, byte[]> encoder,
            List<String> golden) {
        Random random = new Random(seed);
        int decoded = 0;
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            byte[] bytes = (i % 4 == 0) ? random(random)
                    : mutated(GoldenFiles.bytes(golden.get(random.nextInt(golden.size()))), random);
            try {
                T message = decoder.apply(bytes);
                byte[] again = encoder.apply(message);
                assertThat(encoder.apply(decoder.apply(again))).isEqualTo(again);
                decoded++;
            }
            catch (IllegalArgumentException ex) {
                assertThat(ex).hasMessageNotContaining("null");
            }
            catch (RuntimeException ex) {
                fail("seed %d, try %d, bytes %s".formatted(seed, i, Arrays.toString(bytes)), ex);
            }
        }
        assertThat(decoded).as("decoded, so that the rest is refused for a reason").isPositive();
        assertThat(decoded).as("decoded").isLessThan(MAX_ATTEMPTS);
    }

    private static byte[] random(Random random) {
        byte[] bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] golden, Random random) {
        byte[] bytes = Arrays.copyOf(golden, golden.length - ((random.nextInt(8) == 0) ? random.nextInt(8) : 0));
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ 1 << random.nextInt(8));
        }
        return bytes;
    }

}
