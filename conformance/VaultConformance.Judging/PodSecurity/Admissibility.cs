using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>
/// Whether the pods of the release are admissible under <em>restricted</em>: by this program, and by the API server's own admission where
/// it has one. Where they disagree, neither proves anything.
/// </summary>
/// <param name="objects">The objects.</param>
/// <param name="standard">The standard of the cluster.</param>
/// <param name="facts">What the API server says; null where it was not observed.</param>
internal sealed class Admissibility(AdmittedObjects objects, RestrictedStandard standard, PodSecurityFacts? facts)
{
    private const string Verdict = "verdict of Pod Security restricted";
    private const string Admitted = "admitted";

    private readonly AdmissionAnswer? _answer = AdmissionAnswer.From(facts);

    /// <summary>Judges every pod.</summary>
    public IEnumerable<(string Subject, Judgement Judgement)> Judge() =>
        JudgedPods.List(objects).SelectMany(pod => Judge(pod).Select(judgement => (pod.Subject, judgement)));

    /// <summary>Says who judged, and whether the API server refuses pods that this program has nothing against.</summary>
    public IEnumerable<Judgement> JudgeAnswer()
    {
        yield return Judgement.Irrelevant("who judged", $"this program ({standard}){DescribeAnswer()}");
        const string Fact = "pods that the API server's Pod Security admission refuses";
        if (_answer?.Unread is { } line)
        {
            yield return Judgement.Unknown(Fact, "known", $"the API server answered: {line}");
        }

        var own = objects.Pods.Count(pod => standard.Judge(pod) is var found && found.Certain.Count + found.Open.Count > 0);
        if (_answer is { IsWhole: true } && _answer.Count > own)
        {
            yield return Judgement.Unknown(Fact, $"{own} as by this program", $"{_answer.Count}");
        }
    }

    private IEnumerable<Judgement> Judge(JudgedPod pod)
    {
        var (certain, open) = standard.Judge(pod.Pod);
        var refusal = _answer?.FindRefusal(pod.Subject, [.. certain.Concat(open).Select(violation => violation.Rule)]);
        if (certain.Count > 0)
        {
            return _answer is { IsWhole: true } && refusal is null && pod.Exists
                ? [Judgement.Unknown(
                    Verdict,
                    Admitted,
                    $"this program refuses it ({string.Join("; ", certain.Select(Describe))}); the API server would admit it")]
                : certain.Select(violation => Explain(pod, violation));
        }

        return [JudgeVerdict(pod, open, refusal)];
    }

    private Judgement JudgeVerdict(JudgedPod pod, IReadOnlyList<Violation> open, string? refusal)
    {
        if (refusal is not null && pod.Exists)
        {
            return Judgement.Unknown(
                Verdict, Admitted, $"the API server would refuse it ({refusal}); this program has nothing against it ({standard})");
        }

        if (open.Count > 0)
        {
            return Judgement.Unknown(
                Verdict, Admitted, $"it depends on the version of the API server: {string.Join("; ", open.Select(Describe))}");
        }

        // Whether it has such an admission may not be known either.
        return facts is { Active: null } or { Active: true, Warnings: null }
            ? Judgement.Unknown(
                Verdict, Admitted, "this program has nothing against it; the API server could not be asked: "
                    + $"{facts.Problem ?? "no reason was recorded"}. The credentials need 'patch' on namespaces, for a dry run")
            : Judgement.Of(Verdict, true, Admitted, Admitted);
    }

    private static Judgement Explain(JudgedPod pod, Violation violation)
    {
        var key = SettingKeys.Find(pod.Pod, violation) is { } found ? $" (values: {found})" : string.Empty;
        var demand = violation.Expected == Violation.NotSet ? "it must not be set" : $"it must be {violation.Expected}";
        return Judgement.Of(violation.Fact, false, violation.Expected, violation.Actual)
            .Saying(
                $"Pod Security restricted does not admit that {Describe(violation)}: {demand}{key}.", FailureCause.SecurityContext);
    }

    private static string Describe(Violation violation) => $"{violation.Fact} is {violation.Actual}";

    private string DescribeAnswer() => facts switch
    {
        _ when _answer is { IsExempt: true } => "; the API server exempts the namespace from its Pod Security admission",
        _ when _answer is not null => " and the API server's Pod Security admission, by a dry run",
        { Active: false } => "; the API server has no Pod Security admission",
        { } => "; the API server could not be asked",
        null => "; the API server was not asked",
    };
}
