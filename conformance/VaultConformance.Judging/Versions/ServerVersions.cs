using Semver;
using VaultConformance.Judging.Subjects;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace VaultConformance.Judging.Versions;

/// <summary>What depends on the version of the server: data with a source for every row, in <c>server-versions.yaml</c>.</summary>
internal sealed class ServerVersions
{
    private readonly IReadOnlyDictionary<string, SemVersion> _newest;
    private readonly IReadOnlyDictionary<string, VersionRule> _rules;

    private readonly IReadOnlyDictionary<string, IReadOnlyList<SemVersion>> _floors;

    private ServerVersions(
        IReadOnlyDictionary<string, SemVersion> newest,
        IReadOnlyDictionary<string, VersionRule> rules,
        FirstMounts mounts,
        BuiltInTypes types,
        IReadOnlyDictionary<string, IReadOnlyList<SemVersion>> floors)
    {
        _floors = floors;
        _newest = newest;
        _rules = rules;
        Mounts = mounts;
        Types = types;
    }

    /// <summary>The data that comes with the program.</summary>
    public static ServerVersions BuiltIn { get; } = ReadBuiltIn();

    /// <summary>What every server has of itself.</summary>
    public FirstMounts Mounts { get; }

    /// <summary>Types of auth methods and engines that come with the server.</summary>
    public BuiltInTypes Types { get; }

    /// <summary>
    /// The first version of each line of a product that has the known fixes, oldest line first; empty where none is known.
    /// </summary>
    /// <param name="product">Name of the product.</param>
    public IReadOnlyList<SemVersion> ListFloors(string product) => _floors.GetValueOrDefault(product, []);

    /// <summary>All rows.</summary>
    public IEnumerable<VersionRule> Rules => _rules.Values;

    /// <summary>A row.</summary>
    /// <param name="id">One of <see cref="VersionRuleIds"/>.</param>
    public VersionRule Get(string id) => _rules[id];

    /// <summary>The newest version of a product that the rows were written for; null for a product without rows.</summary>
    /// <param name="product">Name of the product.</param>
    public SemVersion? FindNewest(string product) => _newest.GetValueOrDefault(product);

    /// <summary>Reads the data.</summary>
    /// <param name="text">YAML.</param>
    /// <exception cref="YamlDotNet.Core.YamlException">It is not in the form that is expected.</exception>
    /// <exception cref="FormatException">A version in it is none.</exception>
    internal static ServerVersions Parse(string text)
    {
        var file = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<File>(text);
        return new ServerVersions(
            file.Newest.ToDictionary(entry => entry.Key, entry => ParseVersion(entry.Value)),
            file.Rules.ToDictionary(row => row.Id, row => new VersionRule(
                row.Id,
                row.Product,
                row.From is null ? null : ParseVersion(row.From),
                row.Until is null ? null : ParseVersion(row.Until),
                [.. row.Versions.Select(ParseVersion)],
                row.Source)),
            new FirstMounts(file.Mounts.AuthMethods, file.Mounts.Engines, file.Mounts.Source),
            new BuiltInTypes(
                ParseVersion(file.BuiltInTypes.ReportedFrom), file.BuiltInTypes.Auth, file.BuiltInTypes.Engines, file.BuiltInTypes.Source),
            file.Floors.ToDictionary(row => row.Product, IReadOnlyList<SemVersion> (row) => [.. row.Versions.Select(ParseVersion)]));
    }

    private static ServerVersions ReadBuiltIn()
    {
        using var stream = typeof(ServerVersions).Assembly.GetManifestResourceStream("server-versions.yaml")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    private static SemVersion ParseVersion(string text) =>
        VaultVersion.TryParse(text) ?? throw new FormatException($"'{text}' is not a version.");

    private sealed class File
    {
        public Dictionary<string, string> Newest { get; init; } = [];

        public List<Row> Rules { get; init; } = [];

        public MountRow Mounts { get; init; } = new();

        public TypesRow BuiltInTypes { get; init; } = new();

        public List<FloorRow> Floors { get; init; } = [];
    }

    private sealed class FloorRow
    {
        public string Product { get; init; } = string.Empty;

        public List<string> Versions { get; init; } = [];

        public string Source { get; init; } = string.Empty;
    }

    private sealed class TypesRow
    {
        public string ReportedFrom { get; init; } = string.Empty;

        public List<string> Auth { get; init; } = [];

        public List<string> Engines { get; init; } = [];

        public string Source { get; init; } = string.Empty;
    }

    private sealed class MountRow
    {
        public List<string> AuthMethods { get; init; } = [];

        public List<string> Engines { get; init; } = [];

        public string Source { get; init; } = string.Empty;
    }

    private sealed class Row
    {
        public string Id { get; init; } = string.Empty;

        public string Product { get; init; } = string.Empty;

        public string? From { get; init; }

        public string? Until { get; init; }

        public List<string> Versions { get; init; } = [];

        public string Source { get; init; } = string.Empty;
    }
}

/// <summary>What every server has of itself, each as path and type.</summary>
/// <param name="AuthMethods">Auth methods.</param>
/// <param name="Engines">Secrets engines.</param>
/// <param name="Source">Where that is known from.</param>
internal sealed record FirstMounts(IReadOnlyList<string> AuthMethods, IReadOnlyList<string> Engines, string Source);

/// <summary>Types that come with the server, and that no version withdraws.</summary>
/// <param name="ReportedFrom">First version that says of each built-in mount whether its type is supported.</param>
/// <param name="Auth">Types of auth methods.</param>
/// <param name="Engines">Types of secrets engines.</param>
/// <param name="Source">Where that is known from.</param>
internal sealed record BuiltInTypes(SemVersion ReportedFrom, IReadOnlyList<string> Auth, IReadOnlyList<string> Engines, string Source);
