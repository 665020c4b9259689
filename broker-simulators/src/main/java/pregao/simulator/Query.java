package pregao.simulator;

import java.util.List;
import java.util.Map;

/**
 * The parameters of a path of a control endpoint.
 *
 * @param parameters by their names
 */
public record Query(Map<String, List<String>> parameters) {

    public boolean has(String name) {
        return this.parameters.containsKey(name);
    }

    public String text(String name, String otherwise) {
        List<String> values = this.parameters.get(name);
        return (values == null) ? otherwise : values.getFirst();
    }

    public long number(String name, long otherwise) {
        return has(name) ? Long.parseLong(text(name, "")) : otherwise;
    }

}
