package pregao.ingest.parser;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimestampParserPropertyTests {

    private static final String[] FORMS = { "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "yyyy-MM-dd HH:mm:ss.SSS",
            "yyyy.MM.dd HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx", "yyyy-MM-dd'T'HH:mm:ss.SSSxx" };

    @Test
    void matchesJavaCalendar() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(253_402_300_800_000L);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(105) - 48) * 900);
            String form = FORMS[random.nextInt(FORMS.length)];
            boolean zoned = form.endsWith("xx");
            String text = DateTimeFormatter.ofPattern(form)
                .format(LocalDateTime
                    .ofEpochSecond(Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000,
                            ZoneOffset.UTC)
                    .atOffset(offset));
            TimestampParser time = new TimestampParser();
            assertThat(time.parse(new JsonValueSlice().set(text), false)).as("seed %d: %s", seed, text).isTrue();
            assertThat(time.wallMillis()).as("seed %d: %s", seed, text).isEqualTo(millis);
            assertThat(time.offsetSeconds()).isEqualTo(zoned ? offset.getTotalSeconds() : 0);
        }
    }

    @Test
    void neverThrows() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "0123456789-.:TZ +eE";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(new TimestampParser().parse(new JsonValueSlice().set(text.toString()), random.nextBoolean()))
                .as("seed %d", seed)
                .isIn(true, false);
        }
    }

}
