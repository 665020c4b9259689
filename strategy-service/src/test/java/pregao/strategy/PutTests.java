package pregao.strategy;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.swagger.v3.oas.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PutMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the description of each PUT with a body says what a missing field does.
 */
class PutTests {

    /**
     * Every PUT method, and what its description says of a missing field; empty for none.
     */
    private static final Map<String, String> CALLS = Map.of("AccountController.updateLimits", "keeps its value",
            "AccountController.updateCurrency", "", "PositionCloseController.activateKillSwitch", "the default",
            "PositionCloseController.activateGlobalKillSwitch", "the default", "LiveController.enable", "",
            "ManualOrderController.placeOrder", "", "BotController.createOrUpdateBot", "has its default",
            "StrategyController.updateStrategy", "has its default", "PatternController.updatePattern",
            "has its default");

    @Test
    void everyPutSaysWhatAMissingFieldDoes() {
        Set<JavaMethod> found = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("pregao.strategy")
            .stream()
            .flatMap((type) -> type.getMethods().stream())
            .filter((method) -> method.isAnnotatedWith(PutMapping.class))
            .collect(Collectors.toSet());

        assertThat(found).extracting(PutTests::name)
            .as("a new PUT requires all it sets, or says in its description what missing fields do")
            .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
        assertThat(found).allSatisfy(
                (method) -> assertThat(method.getAnnotationOfType(Operation.class).description()).as(name(method))
                    .contains(CALLS.get(name(method))));
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getSimpleName() + "." + method.getName();
    }

}
