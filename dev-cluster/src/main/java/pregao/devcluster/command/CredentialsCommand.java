package pregao.devcluster.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

import pregao.devcluster.InstallationCredentials;

/**
 * {@code ./pregao credentials}: the API key and the first admin of this installation.
 */
@Command(name = "credentials", mixinStandardHelpOptions = true, resourceBundle = Messages.BUNDLE,
        usageHelpAutoWidth = true)
final class CredentialsCommand implements Callable<Integer> {

    private final CommandContext installation;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    @Option(names = "--key", descriptionKey = "key")
    private boolean keyAlone;

    @Option(names = "--password", descriptionKey = "password")
    private boolean passwordAlone;

    @Option(names = "--rotate", descriptionKey = "rotate")
    private boolean rotate;

    CredentialsCommand(CommandContext installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        InstallationCredentials keys = new InstallationCredentials(this.installation.home());
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
            answer.put("feed", InstallationCredentials.FEED);
            answer.put("owner", keys.owner());
            answer.put("admin", InstallationCredentials.ADMIN);
            answer.put("admin_password", keys.adminPassword());
            this.installation.out().println(JsonMapper.shared().writeValueAsString(answer));
        }
        else {
            this.installation.say("credentials.text", keys.apiKey(), InstallationCredentials.FEED,
                    this.installation.home(), InstallationCredentials.ADMIN, keys.adminPassword());
        }
        this.installation.out().flush();
        return 0;
    }

}
