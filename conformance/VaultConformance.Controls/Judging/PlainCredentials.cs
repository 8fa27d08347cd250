using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Facts;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Controls.Judging;

/// <summary>Credentials in clear text. What is one is decided by the same code that masks evidence; where it was masked, a literal was written.</summary>
internal static class PlainCredentials
{
    /// <summary>Literals in a configuration.</summary>
    /// <param name="configuration">A configuration.</param>
    public static Judgement JudgeConfiguration(ServerConfiguration configuration) => Judgement.None(
        $"credentials in {configuration.Path}", ConfigurationCredentials.Of(configuration.Document.Root));

    /// <summary>Literals in a container's environment; references to Secrets are recommended against.</summary>
    /// <param name="container">A container as admitted.</param>
    public static IEnumerable<Judgement> JudgeEnvironment(V1Container container)
    {
        var variables = container.Env ?? [];
        yield return Judgement.None(
            $"credentials in the environment of container {container.Name}",
            variables.Where(variable => !string.IsNullOrEmpty(variable.Value) && DeclaredVariables.HoldCredentials(variable.Name, variable.Value)).Select(variable => variable.Name));
        yield return Judgement.None(
            $"Secrets in the environment of container {container.Name} instead of files",
            variables.Where(variable => variable.ValueFrom?.SecretKeyRef is not null).Select(variable => variable.Name)
                .Concat((container.EnvFrom ?? []).Where(source => source.SecretRef is not null).Select(source => $"all of Secret {source.SecretRef.Name}"))).AsRecommendation();
    }

    /// <summary>Literals in what a container runs: command, arguments, hooks and probes.</summary>
    /// <param name="container">A container as admitted.</param>
    public static Judgement JudgeCommands(V1Container container) => Judgement.None(
        $"credentials in commands of container {container.Name}",
        ContainerCommands.Of(container).Where(command => Credentials.IsMasked(string.Join('\n', SecretScanner.Mask(command.Words)))).Select(command => command.Name));

    /// <summary>Variables that usually hold a secret and come from nowhere that was judged: the image or its start script.</summary>
    /// <param name="processes">Processes of the server container; where a server hides its environment, PID 1 shows what the container was given.</param>
    /// <param name="container">The container as admitted.</param>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> JudgeProcesses(ProcessTable processes, V1Container container, AdmittedObjects objects)
    {
        var sources = new VariableSources(container, objects);
        foreach (var server in processes.RequireServers())
        {
            var fact = $"variables of {server.Label()} whose source is not known";
            const string Expected = "none that usually hold a secret";
            yield return (server.Environment ?? processes.Init?.Environment)?.Names.Where(name => Credentials.AreUsuallyIn(name) && !sources.Explain(name)).ToList() switch
            {
                null => Judgement.Unknown(fact, Expected, "the environment of the process cannot be read"),
                { Count: 0 } => Judgement.Of(fact, true, Expected, "none"),
                var strange => Judgement.Unknown(fact, Expected, string.Join(", ", strange)),
            };
        }
    }

    /// <summary>Tokens and shell histories on disk.</summary>
    /// <param name="files">What was found.</param>
    public static Judgement JudgeLeftovers(FileFacts files) =>
        Judgement.None("tokens and shell histories on disk", files.Leftovers.Where(Leftovers.IsSecretTrace));

    /// <summary>Unseal keys, recovery keys and root tokens in the namespace, and other credentials in ConfigMaps.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> JudgeObjects(AdmittedObjects objects)
    {
        foreach (var judgement in KeysInObjects.Judge(objects))
        {
            yield return judgement;
        }

        yield return Judgement.None(
            "credentials in ConfigMaps",
            objects.ConfigMaps.SelectMany(map => ConfigMapEntries.Of(map).Where(entry => HoldsCredential(entry.Key, entry.Value)).Select(entry => $"{map.Metadata.Name}/{entry.Key}")));
    }

    // Configurations are judged with line and setting.
    private static bool HoldsCredential(string key, string text) => !DeclaredVariables.IsConfiguration(key) && DeclaredVariables.EntryHoldsCredentials(key, text);
}
