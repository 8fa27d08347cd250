namespace VaultConformance.Harness.Observations;

/// <summary>What became of every value that the values files under test give.</summary>
/// <param name="Values">One entry for each value, file by file, in the order of the files.</param>
/// <param name="Unstable">
/// Places that differ when the chart is rendered twice with the same values, for example generated certificates. They prove nothing.
/// </param>
public sealed record ValuesFacts(IReadOnlyList<ValueFacts> Values, IReadOnlyList<string> Unstable);

/// <summary>One value of a values file. What it is set to is not in here.</summary>
/// <param name="Key">Its key from the root, for example <c>server.ha.replicas</c>; a list is one value.</param>
/// <param name="File">Name of the file without its folder.</param>
/// <param name="Line">Line of the key, counted from 1.</param>
/// <param name="KnownFrom">
/// Where the chart mentions the key: <c>values.yaml</c>, <c>values.schema.json</c>, <c>templates</c> or <c>subchart</c>; null when nowhere.
/// </param>
/// <param name="IsDefault">True when the chart's own values say the same.</param>
/// <param name="OverriddenAt">File and line of a later value that replaces this one; null when it counts.</param>
/// <param name="HoldsAnchor">True when the value is there to be repeated elsewhere: it has a YAML anchor that an alias uses.</param>
/// <param name="ChangeCount">
/// How many fields of the rendered objects differ when the value is taken out; -1 when the chart does not even render without it.
/// </param>
/// <param name="Changes">The first of those fields, as <c>Kind/name: path</c>.</param>
/// <param name="NotAdmitted">
/// Those of the fields that were rendered and installed, and that the object in the cluster does not have; null when that was not compared.
/// </param>
public sealed record ValueFacts(
    string Key,
    string File,
    int Line,
    string? KnownFrom,
    bool IsDefault,
    string? OverriddenAt,
    bool HoldsAnchor,
    int ChangeCount,
    IReadOnlyList<string> Changes,
    IReadOnlyList<string>? NotAdmitted)
{
    /// <summary>
    /// Of a value that changes nothing: true when it says what applies anyway, false when nothing shows that. Null where that was not found
    /// out: of values that need no effect, and in evidence of older versions.
    /// </summary>
    public bool? InForce { get; init; }

    /// <summary>
    /// Of a key that the chart does not know: keys of the chart that may have been meant, because they stand in the same place or have the
    /// same name. Null for every other key, and in evidence of older versions.
    /// </summary>
    public IReadOnlyList<string>? Candidates { get; init; }

    /// <summary>Which of the values files it stands in, from 1; null in evidence of older versions.</summary>
    public int? FileNumber { get; init; }

    /// <summary>Value of <see cref="KnownFrom"/>: the chart's values file has it.</summary>
    public const string FromValues = "values.yaml";

    /// <summary>Value of <see cref="KnownFrom"/>: the chart's schema has it.</summary>
    public const string FromSchema = "values.schema.json";

    /// <summary>Value of <see cref="KnownFrom"/>: a template asks for it.</summary>
    public const string FromTemplates = "templates";

    /// <summary>Value of <see cref="KnownFrom"/>: it belongs to a subchart that is packed and was not read.</summary>
    public const string FromSubchart = "subchart";
}
