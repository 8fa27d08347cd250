using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Judging.CoreDumps;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>
/// Credentials in clear text. What is one is decided by the same code that masks evidence; where it was masked, a literal was written.
/// </summary>
public static class PlainCredentials
{
    /// <summary>Literals in a configuration.</summary>
    /// <param name="configuration">A configuration.</param>
    public static IEnumerable<Judgement> JudgeConfiguration(ServerConfiguration configuration) =>
        Judge($"credentials in {configuration.Path}", ConfigurationCredentials.Find(configuration.Document.Root));

    /// <summary>Literals in what the server says of its configuration; nothing where it says nothing, for its files are judged.</summary>
    /// <param name="state">What the server says.</param>
    public static IEnumerable<Judgement> JudgeState(VaultServerState state) =>
        state.SanitizedConfig is { } config
            ? Judge("credentials in the configuration that the server reports", SanitizedConfiguration.Find(config))
            : [];

    /// <summary>Judges places: a credential fails, and what may be one leaves the control open.</summary>
    /// <param name="fact">What was looked for and where.</param>
    /// <param name="places">Places, and what stands there.</param>
    public static IEnumerable<Judgement> Judge(string fact, IEnumerable<(string Place, CredentialTrace Trace)> places)
    {
        var all = places.ToList();
        yield return Judgement.None(fact, all.Where(item => item.Trace == CredentialTrace.Found).Select(item => item.Place))
            .Saying(found => $"There are {fact}: {found}.");
        var unclear = all.Where(item => item.Trace == CredentialTrace.Unclear).Select(item => item.Place).ToList();
        if (unclear.Count > 0)
        {
            yield return Judgement.Unknown(
                fact, "none", $"{string.Join(", ", unclear)}: neither name nor value tells whether it is a secret or only about one");
        }
    }

    /// <summary>Literals in a container's environment; references to Secrets are recommended against.</summary>
    /// <param name="container">A container as admitted.</param>
    public static IEnumerable<Judgement> JudgeEnvironment(V1Container container)
    {
        var variables = container.Env ?? [];
        foreach (var judgement in Judge(
            $"credentials in the environment of container {container.Name}",
            variables.Where(variable => !string.IsNullOrEmpty(variable.Value))
                .Select(variable => (variable.Name, DeclaredVariables.Judge(variable.Name, variable.Value)))))
        {
            yield return judgement;
        }

        yield return Judgement.None(
            $"Secrets in the environment of container {container.Name} instead of files",
            variables.Where(variable => variable.ValueFrom?.SecretKeyRef is not null).Select(variable => variable.Name)
                .Concat((container.EnvFrom ?? [])
                    .Where(source => source.SecretRef is not null)
                    .Select(source => $"all of Secret {source.SecretRef.Name}")))
            .Saying(found => $"Container {container.Name} takes Secrets from environment variables instead of files: {found}.")
            .AsRecommendation();
    }

    /// <summary>Literals in what a container runs: command, arguments, hooks and probes.</summary>
    /// <param name="container">A container as admitted.</param>
    public static IEnumerable<Judgement> JudgeCommands(V1Container container) => Judge(
        $"credentials in commands of container {container.Name}",
        ContainerCommands.Find(container).Select(command => (command.Name, FindInWords(command.Words))));

    /// <summary>Literals in the arguments of the processes that a container shows; those of the look itself are none of its own.</summary>
    /// <param name="table">The processes.</param>
    /// <param name="container">Name of the container.</param>
    public static IEnumerable<Judgement> JudgeArguments(ProcessTable table, string container)
    {
        var look = table.SessionPid is { } session ? ProcessTree.ListBelow(session, [.. table.Processes]) : [];
        return Judge(
            $"credentials in arguments of processes of container {container}",
            table.Processes.Except(look).Select(process => (process.DescribeLabel(), FindInWords(process.CommandLine))));
    }

    /// <summary>Variables that usually hold a secret and come from nowhere that was judged: the image or its start script.</summary>
    /// <param name="processes">
    /// Processes of the server container. The environment of another process proves nothing: whatever starts the server may add to it.
    /// </param>
    /// <param name="container">The container as admitted.</param>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> JudgeProcesses(ProcessTable processes, V1Container container, AdmittedObjects objects)
    {
        var sources = new VariableSources(container, objects);
        foreach (var server in processes.RequireServers())
        {
            var fact = $"variables of {server.DescribeLabel()} whose source is not known";
            const string Expected = "none that usually hold a secret";
            yield return EffectiveEnvironment.FindReadable(server, container) is not { } environment
                ? Judgement.Unknown(fact, Expected, "the environment of the process cannot be read")
                : ListNames(environment, sources) is { Count: > 0 } strange
                    ? Judgement.Unknown(fact, Expected, string.Join(", ", strange))
                    : Judgement.Of(fact, true, Expected, "none");
        }
    }

    /// <summary>Tokens and shell histories on disk.</summary>
    /// <param name="files">What was found.</param>
    public static Judgement JudgeLeftovers(FileFacts files) =>
        Judgement.None("tokens and shell histories on disk", files.Leftovers.Where(Leftovers.IsSecretTrace))
            .Saying(found => $"Tokens or shell histories are on disk: {found}.");

    /// <summary>Unseal keys, recovery keys and root tokens in the namespace, and other credentials in ConfigMaps.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> JudgeObjects(AdmittedObjects objects)
    {
        foreach (var judgement in KeysInObjects.Judge(objects))
        {
            yield return judgement;
        }

        // Configurations are judged with line and setting.
        foreach (var judgement in Judge("credentials in ConfigMaps", objects.ConfigMaps.SelectMany(map => ConfigMapEntries.List(map)
            .Where(entry => !DeclaredVariables.IsConfiguration(entry.Key))
            .Select(entry => ($"{map.Metadata.Name}/{entry.Key}", DeclaredVariables.JudgeEntry(entry.Key, entry.Value))))
            .Concat(ConfigMapTexts.ListEmptied(objects)
                .Select(entry => (entry.Place, entry.HeldCredential ? CredentialTrace.Found : CredentialTrace.None)))))
        {
            yield return judgement;
        }

        if (ConfigMapTexts.ListEmptied(objects).Where(entry => !entry.HeldCredential).Select(entry => entry.Place).ToList()
            is { Count: > 0 } unread)
        {
            yield return Judgement.Unknown(
                "credentials in ConfigMaps",
                "none",
                $"{string.Join(", ", unread)}: a configuration in binary data, and its text was not recorded");
        }
    }

    private static CredentialTrace FindInWords(IReadOnlyList<string> words) =>
        SecretScanner.Mask(words).Select(Credentials.Trace).DefaultIfEmpty().Max();

    // Its name tells, or its value did before it was masked.
    private static List<string> ListNames(EnvironmentFacts environment, VariableSources sources) =>
    [
        .. environment.Names.Where(name => !sources.Explain(name)
            && (Credentials.AreUsuallyIn(name) || (environment.Settings.GetValueOrDefault(name) is { } value
                && DeclaredVariables.Judge(name, value) != CredentialTrace.None))),
    ];
}
