using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>
/// Whether what was seen in a pod is of this very pod: the environment of its processes names it, and mounts hold its UID. Facts of another
/// pod prove nothing about this one.
/// </summary>
/// <param name="pod">The pod as admitted.</param>
/// <param name="container">Its server container.</param>
/// <param name="objects">The objects of the release.</param>
internal sealed partial class PodIdentity(V1Pod pod, V1Container container, AdmittedObjects objects)
{
    private static readonly IReadOnlyList<string> PodNames = [.. ServerProduct.ListVariables("K8S_POD_NAME"), "HOSTNAME"];
    private static readonly IReadOnlyList<string> Namespaces = ServerProduct.ListVariables("K8S_NAMESPACE");
    private static readonly IReadOnlyList<string> Addresses = ServerProduct.ListVariables("CLUSTER_ADDR", "API_ADDR");

    private readonly string _name = pod.Metadata.Name;

    /// <summary>Judges the facts of the pod; nothing when they agree with it or do not tell.</summary>
    /// <param name="processes">Processes of the server container; null when they were not seen.</param>
    /// <param name="mounts">Its mounts; null when they were not seen.</param>
    /// <param name="state">What its server says; null when it was not asked.</param>
    /// <param name="log">Lines of its log; null when they were not read.</param>
    public IEnumerable<Judgement> Judge(ProcessTable? processes, MountTable? mounts, VaultServerState? state, ServerLogFacts? log)
    {
        List<string> strange =
        [
            .. (processes?.VaultServers ?? []).Concat(processes?.Init is { } init ? [init] : []).SelectMany(ListForeign).Distinct(),
            .. ListForeign(mounts),
            .. ListForeignAddress("cluster_addr that the server reports", state?.SanitizedConfig?["cluster_addr"]?.ToString()),
            .. ListForeignAddress("Cluster Address that the server logged", FindLogged(log)),
        ];
        if (strange.Count > 0)
        {
            yield return Judgement.Unknown(
                "pod that the facts are of",
                _name,
                $"{string.Join("; ", strange)}: facts of another pod say nothing about {_name}. Record the evidence again");
        }
    }

    private IEnumerable<string> ListForeign(ProcessFacts process)
    {
        var settings = process.Environment?.Settings ?? new Dictionary<string, string>();
        foreach (var (name, value) in settings.Where(setting => IsForeign(setting.Key, setting.Value))
            .OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            yield return $"{name} of {process.DescribeLabel()} is '{value}'";
        }
    }

    // What the pod declares by a reference to itself can only be its own; a name that somebody wrote may be that of another pod.
    private bool IsForeign(string variable, string value) =>
        FindDeclared(variable) is { } declared
            ? declared != value && (Addresses.Contains(variable)
                ? IsNameOfOther(value)
                : (PodNames.Contains(variable) || Namespaces.Contains(variable)) && IsReference(variable))
            : PodNames.Contains(variable) && IsOther(value);

    private IEnumerable<string> ListForeign(MountTable? mounts)
    {
        if (pod.Metadata.Uid is not { Length: > 0 } own || mounts is null)
        {
            yield break;
        }

        // A node may itself be a pod: the innermost one is meant.
        var seen = mounts.Mounts.Select(mount => Uids.Matches(mount.Root)).Where(matches => matches.Count > 0)
            .Select(matches => matches[^1].Groups[1].Value.Replace('_', '-')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = objects.Pods.Where(other => other.Metadata.Uid is { } uid && uid != own && seen.Contains(uid))
            .Select(other => other.Metadata.Name)
            .ToList();
        if (others.Count > 0)
        {
            yield return $"mounts are those of pod {string.Join(", ", others)}";
        }
        else if (seen.Count > 0 && !seen.Contains(own))
        {
            yield return $"mounts are those of a pod with the UID {seen.Order(StringComparer.Ordinal).First()}, not {own}";
        }
    }

    private IEnumerable<string> ListForeignAddress(string what, string? address)
    {
        if (address is not null
            && IsNameOfOther(address)
            && ServerProduct.ListVariables("CLUSTER_ADDR").Select(FindDeclared).OfType<string>().FirstOrDefault() is { } declared
            && declared != address)
        {
            yield return $"{what} is '{address}'";
        }
    }

    private static string? FindLogged(ServerLogFacts? log)
    {
        const string Line = "Cluster Address: ";
        return log?.Lines.Select(
            line => line.TrimStart()).LastOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal))?[Line.Length..].Trim();
    }

    private string? FindDeclared(string variable) =>
        PodVariables.FindValue(pod, container, variable) is { } value && !value.Contains("$(", StringComparison.Ordinal) ? value : null;

    private bool IsReference(string variable) =>
        container.Env?.LastOrDefault(candidate => candidate.Name == variable)?.ValueFrom?.FieldRef is not null;

    private bool IsNameOfOther(string address) =>
        address[(address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split(
            '/', ':')[0].Split('.')[0] is var host && IsOther(host);

    private bool IsOther(string name) => name != _name && objects.ServerPods.Any(other => other.Metadata.Name == name);

    [GeneratedRegex(
        @"(?:/pods/|pod)([0-9a-f]{8}([-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})(?![0-9a-f])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Uids { get; }
}
