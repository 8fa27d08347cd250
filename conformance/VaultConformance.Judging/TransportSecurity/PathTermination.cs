using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether the pods themselves answer on a way into the release: every certificate that is met has to be one of theirs.</summary>
/// <param name="ways">The ways into the release.</param>
internal sealed class PathTermination(WaysIn ways)
{
    private const int Enough = 20;

    /// <summary>Judges a way into the release.</summary>
    /// <param name="path">The way.</param>
    /// <param name="leaves">SHA-256 of every leaf that the pods serve.</param>
    /// <param name="areAll">False when the certificate of some pod was not seen: then what is not among them need not be foreign.</param>
    public IEnumerable<Judgement> Judge(PathEndpoint path, IReadOnlySet<string> leaves, bool areAll)
    {
        const string Fact = "certificates that are met";
        if (!path.Ready)
        {
            return [ways.JudgeUnseen(path, Fact, "only those of the pods")];
        }

        var foreign = path.Fingerprints.Keys.Where(fingerprint => !leaves.Contains(fingerprint)).Order(StringComparer.Ordinal).ToList();
        var met = path.Fingerprints.Values.Sum();
        if (met == 0)
        {
            return [JudgeWithout(Fact, path)];
        }

        if (foreign.Count > 0 && !areAll)
        {
            return [Judgement.Unknown(
                Fact, "only those of the pods", $"{string.Join(", ", foreign)}, and it is not known what every pod serves")];
        }

        return
        [
            Judgement.Of(Fact, foreign.Count == 0, "only those of the pods", foreign.Count == 0
                ? $"only those of the pods, {met} times"
                : $"also {string.Join(", ", foreign)}")
                .SayingOfSubject("shows a certificate that no pod serves", "show a certificate that no pod serves"),
            .. met < Enough
                ? [Judgement.Unknown("handshakes", $"at least {Enough}", $"{met}; {DescribeProblems(path)}")]
                : Array.Empty<Judgement>(),
        ];
    }

    private static Judgement JudgeWithout(string fact, PathEndpoint path) => path.Plaintext?.Kind == PlaintextAnswerKind.HttpAnswered
        ? Judgement.Of(fact, false, "only those of the pods", "none, plaintext is spoken")
            .SayingOfSubject("answers in plain HTTP", "answer in plain HTTP", FailureCause.TlsOff)
        : Judgement.Unknown(fact, "only those of the pods", $"no handshake succeeded: {DescribeProblems(path)}");

    // In an order of its own: recorded evidence does not keep that of the members of a map.
    private static string DescribeProblems(PathEndpoint path) => path.Problems.Count == 0
        ? "no problem was reported"
        : string.Join("; ", path.Problems
            .OrderByDescending(problem => problem.Value)
            .ThenBy(problem => problem.Key, StringComparer.Ordinal)
            .Select(problem => $"{problem.Value} times: {problem.Key}"));
}
