namespace VaultConformance.Reporting.Model;

/// <summary>The members of the recorded evidence that a control's findings rest on.</summary>
/// <param name="Lines">At most <see cref="Longest"/> of them, the most telling first.</param>
/// <param name="LeftOut">How many more there are in the evidence.</param>
internal sealed record EvidenceExcerpt(IReadOnlyList<EvidenceLine> Lines, int LeftOut)
{
    /// <summary>The largest number of lines that an excerpt has.</summary>
    public const int Longest = 12;

    /// <summary>Its heading in every format.</summary>
    public const string Heading = "From the evidence";

    /// <summary>An excerpt without lines: nothing was recorded that could be shown.</summary>
    public static EvidenceExcerpt None { get; } = new([], 0);

    /// <summary>The lines by the part that holds them, in their order.</summary>
    public IEnumerable<IGrouping<string, EvidenceLine>> Parts => Lines.GroupBy(line => line.Part, StringComparer.Ordinal);

    /// <summary>What is said about lines that are left out; null when all are shown.</summary>
    public string? Rest => LeftOut switch
    {
        0 => null,
        1 => "Shortened: 1 more member is in the evidence.",
        _ => FormattableString.Invariant($"Shortened: {LeftOut:N0} more members are in the evidence."),
    };
}

/// <summary>One member of the evidence.</summary>
/// <param name="Part">The part that holds it, for example <c>observations/pod/vault-0/mounts.json</c>.</param>
/// <param name="Member">Where it is in the value of that part, for example <c>mounts[/].options</c>.</param>
/// <param name="Json">Its JSON on one line, shortened and without secrets.</param>
internal sealed record EvidenceLine(string Part, string Member, string Json)
{
    /// <summary>Both as one line.</summary>
    public string Text => $"{Member}: {Json}";
}
