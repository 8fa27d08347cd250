namespace VaultConformance.Reporting.Comparing;

/// <summary>A fact that differs between two runs.</summary>
/// <param name="Name">For example <c>Chart</c>.</param>
/// <param name="Was">Before; null when there was none.</param>
/// <param name="Now">Now; null when there is none any more.</param>
public sealed record FactChange(string Name, string? Was, string? Now)
{
    private const string Digest = "SHA-256 of ";

    /// <summary>What differs between two runs besides their results: program, profile, what was tested, digests.</summary>
    /// <param name="was">The earlier run.</param>
    /// <param name="now">The later one.</param>
    internal static IReadOnlyList<FactChange> ListBetween(ComparedRun was, ComparedRun now)
    {
        var noise = ComparisonNoises.From(was, now);
        return [.. ListBetween(ListFacts(was), ListFacts(now))
            .Where(change => change.Was is null || change.Now is null || noise.Was.Remove(change.Was) != noise.Now.Remove(change.Now)
                || change.Name.StartsWith(Digest, StringComparison.Ordinal))];
    }

    /// <summary>What differs between two lists of facts; a name may be there more than once, and their order does not matter.</summary>
    internal static IReadOnlyList<FactChange> ListBetween(
        IReadOnlyList<(string Name, string Value)> was, IReadOnlyList<(string Name, string Value)> now) =>
        [.. was.Concat(now)
            .Select(fact => fact.Name)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(name => ListForName(name, ListValues(was, name), ListValues(now, name)))];

    private static IEnumerable<FactChange> ListForName(string name, List<string> was, List<string> now)
    {
        foreach (var same in was.ToList().Where(now.Remove))
        {
            was.Remove(same);
        }

        for (var index = 0; index < Math.Max(was.Count, now.Count); index++)
        {
            yield return new FactChange(name, was.ElementAtOrDefault(index), now.ElementAtOrDefault(index));
        }
    }

    private static List<string> ListValues(IReadOnlyList<(string Name, string Value)> facts, string name) =>
        [.. facts.Where(fact => fact.Name == name).Select(fact => fact.Value)];

    private static List<(string Name, string Value)> ListFacts(ComparedRun run) =>
    [
        ("Program", run.Tool),
        ("Profile", run.Profile),
        ("Stand-in", run.StandIn ? "yes" : "no"),
        .. run.Subject.Select(fact => (fact.Name, fact.Value)),
        .. run.Digests.Select(digest => ($"{Digest}{digest.Kind.ToString().ToLowerInvariant()} {digest.Name}", digest.Sha256)),
    ];
}
