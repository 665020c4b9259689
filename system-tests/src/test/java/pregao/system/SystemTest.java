package pregao.system;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that take the one {@link SystemUnderTest} as a parameter, each bounded.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(SystemUnderTest.Resolver.class)
@interface SystemTest {

}
