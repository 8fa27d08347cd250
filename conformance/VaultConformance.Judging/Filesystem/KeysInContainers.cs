using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Filesystem;

/// <summary>
/// Unseal keys, recovery keys and root tokens in what containers declare, in the arguments of their processes, and in their logs.
/// </summary>
public static class KeysInContainers
{
    private const string Keys = "unseal keys, recovery keys or root tokens";
    private const string None = "none";
    private const string NoKind = "a credential stands there in clear text, and nothing says of which kind it is";
    private const string NoPlace = "Vault is initialised there, and nothing says where its keys go";

    /// <summary>Commands, hooks, probes and literal variables of a container.</summary>
    /// <param name="declared">The container, and the pod or workload that it is declared in.</param>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> JudgeDeclared(DeclaredContainer declared, AdmittedObjects objects) =>
    [
        .. Judge(
            $"{Keys} in commands of container {declared.Container.Name}",
            ContainerCommands.Find(declared.Container).Select(command => (command.Name, MaskedKeys.FindInCommand(command.Words)))),
        .. Judge(
            $"commands of container {declared.Container.Name} that write the keys of Vault to a file",
            ContainerCommands.Find(declared.Container).Select(command => (command.Name, InitCommands.FindIn(command.Words))),
            NoPlace),
        .. Judge($"{Keys} in the environment of container {declared.Container.Name}", FindInVariables(declared, objects)),
    ];

    /// <summary>Arguments of every process that a container shows; those of the look itself are none of its own.</summary>
    /// <param name="table">The processes.</param>
    /// <param name="container">Name of the container.</param>
    public static IEnumerable<Judgement> JudgeProcesses(ProcessTable table, string container)
    {
        var look = table.SessionPid is { } session ? ProcessTree.ListBelow(session, [.. table.Processes]) : [];
        var fact = $"{Keys} in arguments of processes of container {container}";
        return table.Processes.Count == 0
            ? [Judgement.Unknown(fact, None, "no process was recorded")]
            : Judge(fact, table.Processes
                .Except(look)
                .Select(process => (process.DescribeLabel(), MaskedKeys.FindInCommand(process.CommandLine))));
    }

    /// <summary>The logs of all containers of the namespace: what is in them, and which could not be read.</summary>
    /// <param name="facts">What was found in the logs.</param>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> JudgeLogs(ContainerLogsFacts facts, AdmittedObjects objects)
    {
        var fact = $"{Keys} in logs of containers";
        var limit = $"{facts.Read} of {facts.Containers} read, at most {facts.LargestBytes / 1024} KiB of each";
        var found = facts.Logs.Where(log => log.KeysFound is { Count: > 0 })
            .Select(log => $"{log.Pod}/{log.Container} ({string.Join("; ", log.KeysFound!)})")
            .ToList();
        yield return found.Count > 0
            ? Judgement.None(fact, found).Saying(text => $"There are {fact}: {text}.")
            : Judgement.Of(fact, true, None, $"{None} ({limit})");
        var open =
            facts.Logs.Select(log => ExplainGap(log, facts.LargestBytes)).OfType<string>().Concat(ListMissing(facts, objects)).ToList();
        if (open.Count > 0)
        {
            yield return Judgement.Unknown("logs of containers that were not read as a whole", None, string.Join("; ", open));
        }
    }

    private static string? ExplainGap(ContainerLogFacts log, int limit) => log switch
    {
        { Problem: { } problem } => $"{log.Pod}/{log.Container}: {problem}",
        { KeysFound: null } => $"{log.Pod}/{log.Container}: what is in it was not recorded",
        { Cut: not false, KeysFound.Count: 0 } => $"{log.Pod}/{log.Container}: longer than the {limit / 1024} KiB that were read",
        _ => null,
    };

    private static IEnumerable<string> ListMissing(ContainerLogsFacts facts, AdmittedObjects objects)
    {
        var read = facts.Logs.Select(log => $"{log.Pod}/{log.Container}").ToHashSet();
        return objects.Pods.SelectMany(pod => pod.ListAllContainers().Select(container => $"{pod.Metadata.Name}/{container.Name}"))
            .Where(name => !read.Contains(name))
            .Select(name => $"{name}: its log was not recorded");
    }

    private static IEnumerable<(string Name, KeyTrace Trace)> FindInVariables(DeclaredContainer declared, AdmittedObjects objects)
    {
        var literals = (declared.Container.Env ?? [])
            .Where(variable => !string.IsNullOrEmpty(variable.Value))
            .Select(variable => (variable.Name, variable.Value))
            .ToList();
        return literals.Zip(MaskedKeys.FindInVariables(literals), (variable, trace) =>
            (variable.Name, FindInVariable(
                variable.Name, variable.Value, trace, $"{declared.Subject}/{declared.Container.Name}/{variable.Name}", objects)));
    }

    // What was seen before it was masked tells more than the name; a name like KEY or TOKEN without a known shape stays unclear.
    private static KeyTrace FindInVariable(string name, string value, KeyTrace seen, string place, AdmittedObjects objects) => seen switch
    {
        _ when objects.UnsealMaterial?.Contains(place) == true => KeyTrace.Found,
        KeyTrace.Unclear when !MaskedKeys.IsPlain(name) && (objects.UnsealMaterial is not null || !Credentials.IsMasked(value)) =>
            KeyTrace.None,
        var trace => trace,
    };

    private static IEnumerable<Judgement> Judge(string fact, IEnumerable<(string Name, KeyTrace Trace)> places, string unknown = NoKind)
    {
        var traces = places.ToList();
        yield return Judgement.None(fact, traces.Where(item => item.Trace == KeyTrace.Found).Select(item => item.Name))
            .Saying(found => $"There are {fact}: {found}.");
        var unclear = traces.Where(item => item.Trace == KeyTrace.Unclear).Select(item => item.Name).ToList();
        if (unclear.Count > 0)
        {
            yield return Judgement.Unknown(fact, None, $"{string.Join(", ", unclear)}: {unknown}");
        }
    }
}
