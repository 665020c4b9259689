package pregao.stack.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

import pregao.stack.Keys;

/**
 * {@code ./pregao credentials}: the API key and the first admin of this installation.
 */
@Command(name = "credentials", mixinStandardHelpOptions = true, resourceBundle = Texts.BUNDLE,
        usageHelpAutoWidth = true)
final class CredentialsCommand implements Callable<Integer> {

    private final Installation installation;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    @Option(names = "--key", descriptionKey = "key")
    private boolean keyAlone;

    @Option(names = "--password", descriptionKey = "password")
    private boolean passwordAlone;

    @Option(names = "--rotate", descriptionKey = "rotate")
    private boolean rotate;

    CredentialsCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        Keys keys = new Keys(this.installation.home());
        if (this.rotate) {
            keys.rotate();
            this.installation.say("credentials.rotated");
        }
        else if (this.keyAlone) {
            this.installation.out().println(keys.apiKey());
        }
        else if (this.passwordAlone) {
            this.installation.out().println(keys.adminPassword());
        }
        else if (this.json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("api_key", keys.apiKey());
            answer.put("scopes", List.of("ingest", "read"));
            answer.put("feed", Keys.FEED);
            answer.put("owner", keys.owner());
            answer.put("admin", Keys.ADMIN);
            answer.put("admin_password", keys.adminPassword());
            this.installation.out().println(JsonMapper.shared().writeValueAsString(answer));
        }
        else {
            this.installation.say("credentials.text", keys.apiKey(), Keys.FEED, this.installation.home(), Keys.ADMIN,
                    keys.adminPassword());
        }
        this.installation.out().flush();
        return 0;
    }

}
