using System.Globalization;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>Whether the namespace keeps pods out that violate <em>restricted</em>.</summary>
/// <param name="home">The namespace; null where it was not recorded.</param>
/// <param name="facts">What the API server says.</param>
internal sealed partial class Enforcement(k8s.Models.V1Namespace? home, PodSecurityFacts facts)
{
    private const string Label = "pod-security.kubernetes.io/enforce";
    private const string VersionLabel = "pod-security.kubernetes.io/enforce-version";
    private const string Restricted = "restricted";
    private const string Latest = "latest";
    private const string Fact = "level that the namespace enforces";

    // Since then it demands what it demands today, except for hosts of probes.
    private const int FirstWhole = 23;

    private readonly Dictionary<string, string> _labels = new(home?.Metadata?.Labels ?? new Dictionary<string, string>());

    private string? Level => _labels.GetValueOrDefault(Label);

    /// <summary>Judges the namespace.</summary>
    public Judgement Judge() => facts.Enforced switch
    {
        not (null or PodSecurityFacts.Nothing) when facts.Active == false => Judgement.Unknown(
            Fact, Restricted, $"the API server has no Pod Security admission, and yet it named {facts.Enforced}"),
        // Whatever the labels say, or a default of the cluster.
        { } enforced when enforced.StartsWith(Restricted + ":", StringComparison.Ordinal) => JudgeVersion(enforced.Split(':')[1]),
        PodSecurityFacts.Nothing => JudgeAdmitting(),
        null => JudgeLabel(),
        var other => Judgement.Unknown(Fact, Restricted, $"the API server named a level that is not known here: {other}"),
    };

    // A pod that violates nothing but this level would have been created.
    private Judgement JudgeAdmitting()
    {
        if (AdmissionAnswer.From(facts) is { IsExempt: true })
        {
            return Judgement.Of(Fact, false, Restricted, "none: the API server exempts the namespace")
                .Saying("The API server exempts the namespace from its Pod Security admission, so that its labels have no effect.");
        }

        if (Level == Restricted)
        {
            return facts.Active == false
                ? Judgement.Of(Fact, false, Restricted, $"{Restricted}, by a label that the API server does not know")
                    .Saying("The namespace has the label for restricted, but the API server has no Pod Security admission that reads it.")
                : Judgement.Unknown(
                    Fact,
                    Restricted,
                    "the label says restricted, but the API server would have created a pod that violates it: the account "
                        + "of this run may be exempt");
        }

        return WasMadeForRun
            ? Judgement.Irrelevant(Fact, $"this run made the namespace and gave it none; label yours ({Label}={Restricted})")
            : home is null
                ? Judgement.Unknown(Fact, Restricted, "none for this run, but the namespace was not recorded")
                : Judgement.Of(Fact, false, Restricted, Level ?? "none").Saying(
                    Level is null
                        ? "The namespace enforces no level of Pod Security."
                        : $"The namespace enforces the level {Level} of Pod Security, not restricted.");
    }

    // Something else kept the pod out, so that the label is all there is.
    private Judgement JudgeLabel() => (Level, facts.Active) switch
    {
        (Restricted, true) when AdmissionAnswer.From(facts) is not { IsExempt: true } =>
            JudgeVersion(_labels.GetValueOrDefault(VersionLabel, Latest)),
        ("baseline" or "privileged", true) => Judgement.Of(Fact, false, Restricted, Level)
            .Saying($"The namespace enforces the level {Level} of Pod Security, not restricted."),
        (null, _) when WasMadeForRun =>
            Judgement.Irrelevant(Fact, $"this run made the namespace and gave it none; label yours ({Label}={Restricted})"),
        _ => Judgement.Unknown(
            Fact, Restricted, $"{(Level is null ? "no label" : $"the label says {Level}")}; what the API server does could not be "
                + $"determined: {facts.Refusal ?? facts.Problem ?? "no reason was recorded"}"),
    };

    private bool WasMadeForRun => Level is null && _labels.ContainsKey(RunLabels.Run);

    private static Judgement JudgeVersion(string version) =>
        version == Latest ? Judgement.Of(Fact, true, Restricted, $"{Restricted}:{version}")
        : Pinned.Match(version) is { Success: true } match
            ? Judgement.Of(
                Fact,
                int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) >= FirstWhole,
                $"{Restricted} of v1.{FirstWhole} or later",
                $"{Restricted}:{version}")
                .Saying($"The namespace enforces restricted as it was in {version}, before it demanded all that it demands today.")
            : Judgement.Unknown(Fact, Restricted, $"{Restricted} of a version that cannot be read: {version}");

    [GeneratedRegex(@"^v1\.(\d{1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Pinned { get; }
}
