using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Probes.Server;

/// <summary>
/// Gives the configuration files that a server was started with the form of <c>sys/config/state/sanitized</c>. Standbys need it: real
/// servers do not answer that path while they are not active. The files are found and read by the same script as those that controls judge,
/// so that both are one reading.
/// </summary>
/// <param name="executor">Runs scripts in containers.</param>
/// <param name="containerOf">The server container of a pod.</param>
/// <param name="longest">Longest time of one look.</param>
internal sealed class LoadedConfigReader(
    IPodExecutor executor, Func<string, CancellationToken, Task<PodContainer>> containerOf, TimeSpan longest)
{
    private static readonly string[] Switches = ["disable_mlock", "ui", "raw_storage_endpoint"];

    /// <summary>Reads the configuration of a pod's server.</summary>
    /// <exception cref="HarnessException">It cannot be read.</exception>
    internal async Task<JsonObject> ReadAsync(string pod, CancellationToken cancellationToken)
    {
        var request = new DumpRequest(await containerOf(pod, cancellationToken), [], [], ConfigurationOnly: true);
        var texts = FileFactsParser.ReadLoadedConfig(
            await new PodDumper(executor, TimeProvider.System, longest).TakeAsync(request, cancellationToken));
        try
        {
            return texts.Count == 0
                ? throw new HarnessException(
                    FailureKind.Environment,
                    $"The server of pod '{pod}' names no readable configuration file. See its command line in the evidence.")
                : Convert([.. texts.Select(text => HclDocument.Parse(text.Text).Root)]);
        }
        catch (HclSyntaxException exception)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"The configuration that the server of pod '{pod}' loaded cannot be parsed: {exception.Message}",
                exception);
        }
    }

    /// <summary>The members of the sanitised configuration that controls use.</summary>
    /// <param name="files">The files, in the order in which the server reads them: a later one wins, listeners of all add up.</param>
    internal static JsonObject Convert(IReadOnlyList<HclBody> files)
    {
        var result = new JsonObject();
        foreach (var attribute in files.SelectMany(file => file.Attributes))
        {
            var name = attribute.Name.ToLowerInvariant();
            result[name == "ui" ? "enable_ui" : name] = ReadValue(name, attribute.Value);
        }

        result["listeners"] = new JsonArray(
            [.. files.SelectMany(file => file.ListStanzas("listener")).Select(
                listener => new JsonObject { ["type"] = listener.Label.ToLowerInvariant(), ["config"] = ReadAttributes(listener.Body) })]);
        if (files.SelectMany(file => file.ListStanzas("user_lockout")).ToList() is { Count: > 0 } lockouts)
        {
            result["user_lockout_configs"] = new JsonArray([.. lockouts.Select(stanza =>
            {
                var settings = ReadAttributes(stanza.Body);
                settings["type"] = stanza.Label;
                return settings;
            })]);
        }

        var storage = files.SelectMany(file => file.ListStanzas("storage"))
            .Concat(files.SelectMany(file => file.ListStanzas("backend")))
            .FirstOrDefault();
        result["storage"] = new JsonObject { ["type"] = storage?.Label.ToLowerInvariant() ?? string.Empty };
        return result;
    }

    private static JsonObject ReadAttributes(HclBody body)
    {
        var result = new JsonObject();
        foreach (var attribute in body.Attributes)
        {
            result[attribute.Name.ToLowerInvariant()] = attribute.Value switch
            {
                HclObject block => ReadAttributes(block.Body),
                HclList list when list.Items.OfType<HclObject>().ToList() is { Count: > 0 } blocks =>
                    new JsonArray([.. blocks.Select(block => ReadAttributes(block.Body))]),
                var value => ReadValue(attribute.Name.ToLowerInvariant(), value),
            };
        }

        foreach (var block in body.Blocks)
        {
            result[block.Type.ToLowerInvariant()] = ReadAttributes(block.Body);
        }

        return result;
    }

    private static JsonNode? ReadValue(string name, HclValue value) => Switches.Contains(name) ? value.AsSwitch() : value.AsText();
}
