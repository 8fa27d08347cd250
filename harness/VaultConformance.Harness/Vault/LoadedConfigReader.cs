using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Vault;

/// <summary>
/// Reads the configuration files that a server was started with, in the form of <c>sys/config/state/sanitized</c>. Standbys need it: real servers do not
/// answer that path while they are not active.
/// </summary>
/// <param name="executor">Runs scripts in containers.</param>
/// <param name="containerOf">The server container of a pod.</param>
internal sealed class LoadedConfigReader(IPodExecutor executor, Func<string, CancellationToken, Task<PodContainer>> containerOf)
{
    private const string Script =
        """
        for directory in /proc/[0-9]*; do
          read -r name < "$directory/comm" || continue
          case "$name" in vault|bao) ;; *) continue ;; esac
          arguments=$(tr '\0' '\n' < "$directory/cmdline") || continue
          case "$arguments" in *"
        server"*) ;; *) continue ;; esac
          echo "$arguments" | while read -r argument; do
            case "$argument" in -config=*|--config=*) path=${argument#*=} ;; *) continue ;; esac
            if [ -d "$path" ]; then cat "$path"/*.hcl "$path"/*.json; else cat "$path"; fi
            echo
          done
          break
        done 2>/dev/null
        true
        """;

    /// <summary>Reads the configuration of a pod's server.</summary>
    /// <exception cref="HarnessException">It cannot be read.</exception>
    internal async Task<JsonObject> ReadAsync(string pod, CancellationToken cancellationToken)
    {
        var result = await executor.ExecuteAsync(ExecRequest.Script(await containerOf(pod, cancellationToken), Script), cancellationToken);
        var text = ConfigMasker.Mask(result.ThrowOnFailure("read the configuration that the server loaded").Output);
        try
        {
            return string.IsNullOrWhiteSpace(text)
                ? throw new HarnessException(FailureKind.Environment, $"The server of pod '{pod}' names no readable configuration file. See its command line in the evidence.")
                : Convert(HclDocument.Parse(text).Root);
        }
        catch (HclSyntaxException exception)
        {
            throw new HarnessException(FailureKind.Environment, $"The configuration that the server of pod '{pod}' loaded cannot be parsed: {exception.Message}", exception);
        }
    }

    /// <summary>The members of the sanitised configuration that controls use.</summary>
    internal static JsonObject Convert(HclBody root)
    {
        var result = new JsonObject();
        foreach (var attribute in root.Attributes.DistinctBy(attribute => attribute.Name))
        {
            result[attribute.Name == "ui" ? "enable_ui" : attribute.Name] = ValueOf(attribute.Name, attribute.Value);
        }

        result["listeners"] = new JsonArray(
            [.. root.Stanzas("listener").Select(listener => new JsonObject { ["type"] = listener.Label, ["config"] = AttributesOf(listener.Body) })]);
        var storage = root.Stanzas("storage").Concat(root.Stanzas("backend")).FirstOrDefault();
        result["storage"] = new JsonObject { ["type"] = storage?.Label ?? string.Empty };
        return result;
    }

    private static JsonObject AttributesOf(HclBody body) =>
        new(body.Attributes.DistinctBy(attribute => attribute.Name).Select(attribute => KeyValuePair.Create(attribute.Name, ValueOf(attribute.Name, attribute.Value))));

    private static JsonNode? ValueOf(string name, HclValue value) =>
        name is "disable_mlock" or "ui" or "raw_storage_endpoint" ? value.AsSwitch() : value.AsText();
}
