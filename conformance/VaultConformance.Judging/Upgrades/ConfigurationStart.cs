using k8s.Models;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Memory;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.Versions;

namespace VaultConformance.Judging.Upgrades;

/// <summary>Whether a server of some version can start with a configuration and under a security context: what it would refuse.</summary>
/// <param name="product">The product; null when no server was seen, so that it is not known.</param>
/// <param name="version">Version as the server reports it; empty when it does not.</param>
internal sealed class ConfigurationStart(ServerProduct? product, string version)
{
    private static readonly string[] RemovedTools = ["pidof", "ps", "pgrep", "pkill", "top", "free", "uptime", "openssl", "gpg", "gpg2"];

    /// <summary>A server that does not run: what its container and its image are called says which one it is.</summary>
    /// <param name="container">The server container.</param>
    public static ConfigurationStart FromImage(V1Container container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var name = (container.Image ?? string.Empty).Split('@')[0];
        return new ConfigurationStart(
            ServerProduct.FromImage(container.Image) ?? ServerProduct.FromContainer(container.Name), name[(name.LastIndexOf(':') + 1)..]);
    }

    /// <summary>Judges a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    public IEnumerable<Judgement> Judge(ServerConfiguration configuration) =>
        [JudgeDuplicates(configuration), .. JudgeMlock(configuration)];

    /// <summary>Judges what the version of the server demands of the container.</summary>
    /// <param name="container">The server container as declared.</param>
    public IEnumerable<Judgement> JudgeContainer(V1Container container)
    {
        foreach (var judgement in JudgeExecution(container))
        {
            yield return judgement;
        }

        var missing = IsOnRedHat(container.Image) && Holds(VersionRuleIds.NoProcpsInUbi) == true
            ? ListTools(container).ToList()
            : [];
        if (missing.Count > 0)
        {
            yield return Judgement.None($"commands in hooks and probes that the image of {Server} does not have", missing)
                .Saying(found => $"Hooks or probes run {found}, which the image of {Server} does not have.");
        }
    }

    /// <summary>Judges whether the container gets what its program cannot be executed without; nothing when it does.</summary>
    /// <param name="container">The server container as declared.</param>
    public IEnumerable<Judgement> JudgeExecution(V1Container container)
    {
        if (Holds(VersionRuleIds.IpcLockOnBinary) == true && !GrantsIpcLock(container))
        {
            yield return Judgement.Of("capability IPC_LOCK", false, $"granted, which {Server} needs to be executed at all", "not granted")
                .Saying($"{Server} cannot be executed without the capability IPC_LOCK, which the container does not get.");
        }
    }

    /// <summary>Whether the rules were written for a version as new as this one.</summary>
    public Judgement JudgeKnown()
    {
        const string Fact = "version of the server";
        var newest = product is null ? null : ServerVersions.BuiltIn.FindNewest(product.Name);
        return VaultVersion.TryParse(version) is { } running && newest is not null
            ? Judgement.Advised(
                Fact,
                running.ComparePrecedenceTo(newest) <= 0,
                $"at most {newest}, the newest that these rules were written for; a newer one is judged like it",
                version)
            : Judgement.Unknown(Fact, "known", "no server reports it");
    }

    private string Server => $"{product?.Name} {version}";

    private bool? Holds(string rule) =>
        product is null ? null : ServerVersions.BuiltIn.Get(rule).Holds(product.Name, version);

    private Judgement JudgeDuplicates(ServerConfiguration configuration)
    {
        var found = configuration.Document.Duplicates
            .Select(duplicate => $"{duplicate.Path} (lines {string.Join(", ", duplicate.Lines)})").ToList();
        var fact = $"attributes that {configuration.Path} gives twice";
        var judgement = Judgement.None(fact, found);
        return (found.Count, Holds(VersionRuleIds.DuplicateAttributesRefused)) switch
        {
            (0, _) => judgement,
            (_, true) =>
                judgement.Saying(list => $"{configuration.Path} gives attributes twice, and {Server} does not start with it: {list}."),
            (_, false) => judgement.AsRecommendation().Saying(
                list => $"{configuration.Path} gives attributes twice. {Server} takes one of them; newer versions do not start: {list}."),
            _ => Judgement.Unknown(fact, "none", $"{ShortList.Join(found)}; whether this server starts with it depends on its version"),
        };
    }

    private IEnumerable<Judgement> JudgeMlock(ServerConfiguration configuration)
    {
        var decision = MlockDecision.From([configuration]);
        if (Holds(VersionRuleIds.MlockRemoved) == true && decision.Value == false)
        {
            yield return Judgement.Of(
                $"disable_mlock in {configuration.Path}", false, "absent or true", "false")
                .Saying($"{configuration.Path} asks for mlock, which {Server} does not have any more: it does not start.");
        }

        var raft = configuration.Document.Root.ListStanzas("storage").Concat(configuration.Document.Root.ListStanzas("backend"))
            .Any(stanza => stanza.Label == "raft");
        if (!raft)
        {
            yield break;
        }

        var fact = $"disable_mlock beside integrated storage in {configuration.Path}";
        yield return (decision.Value, Holds(VersionRuleIds.ExplicitMlockDecision)) switch
        {
            (not null, _) or (_, false) => Judgement.Of(fact, true, "decided where the version wants it", decision.Text),
            (_, true) => Judgement.Of(fact, false, MlockDecision.Expected, decision.Text)
                .Saying($"{Server} does not start with integrated storage without a decision on mlock. {decision.Sentence}"),
            _ => Judgement.Unknown(fact, MlockDecision.Expected, $"{decision.Text}; whether one is needed depends on the version"),
        };
    }

    private static bool GrantsIpcLock(V1Container container) => container.SecurityContext is { Privileged: true }
        || (container.SecurityContext?.Capabilities?.Add ?? [])
            .Any(name => name.ToUpperInvariant() is "IPC_LOCK" or "CAP_IPC_LOCK" or "ALL");

    private static bool IsOnRedHat(string? image) =>
        image?.Split('@')[0].EndsWith("-ubi", StringComparison.OrdinalIgnoreCase) == true;

    private static IEnumerable<string> ListTools(V1Container container)
    {
        IEnumerable<(string Place, IList<string>? Command)> commands =
        [
            ("preStop", container.Lifecycle?.PreStop?.Exec?.Command),
            ("postStart", container.Lifecycle?.PostStart?.Exec?.Command),
            ("readinessProbe", container.ReadinessProbe?.Exec?.Command),
            ("livenessProbe", container.LivenessProbe?.Exec?.Command),
            ("startupProbe", container.StartupProbe?.Exec?.Command),
        ];
        return commands.Where(pair => pair.Command is { Count: > 0 }).SelectMany(pair =>
            Harness.Shell.HookAnalysis.From([.. pair.Command!]).Words
                .Where(word => RemovedTools.Contains(word.Split('/')[^1]))
                .Select(word => $"{word} ({pair.Place})"));
    }
}
