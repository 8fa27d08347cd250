using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.Versions;
using VaultConformance.Reporting.Fixes;
using k8s.Models;

namespace VaultConformance.Judging.Declared;

/// <summary>
/// A server as its pod, its start script and the ConfigMaps that it mounts declare it. What a node, an image or a Secret adds is not in
/// here: that something is missing proves nothing unless <see cref="IsWhole"/> is true.
/// </summary>
/// <param name="Pod">Its pod.</param>
/// <param name="Container">Its container.</param>
/// <param name="Process">Its process as far as it is declared: a command line, and no environment beyond that of the pod.</param>
/// <param name="Configurations">The configurations that it is declared to load.</param>
/// <param name="IsWhole">True when these are all that its command line names.</param>
internal sealed record DeclaredServer(
    V1Pod Pod, V1Container Container, ProcessFacts Process, IReadOnlyList<ServerConfiguration> Configurations, bool IsWhole)
{
    /// <summary>The texts of these configurations, those that cannot be read too.</summary>
    public IReadOnlyList<ConfigText> Texts { get; init; } = [];

    /// <summary>The product by what its image or its container is called; null when neither tells it.</summary>
    public ServerProduct? Product => ServerProduct.FromImage(Container.Image) ?? ServerProduct.FromContainer(Container.Name);

    /// <summary>Version by the tag of the image; it may be anything.</summary>
    public string Version =>
        (Container.Image ?? string.Empty).Split('@')[0].Split('/')[^1].Split(':') is [_, var tag] ? tag : string.Empty;

    /// <summary>Its environment as declared.</summary>
    public EffectiveEnvironment Environment => new(Process, Pod, Container);

    /// <summary>Its configuration in the form in which a server reports it.</summary>
    public VaultServerState State { get; } = CreateState(Configurations);

    /// <summary>True for integrated storage.</summary>
    public bool UsesRaft => State.StorageType == "raft";

    /// <summary>True when the configuration is known and is not that of a server in development mode.</summary>
    public bool IsConfigured => Configurations.Count > 0;

    /// <summary>Whether a rule of versions holds; null when the tag of the image is not a version.</summary>
    /// <param name="rule">One of <see cref="VersionRuleIds"/>.</param>
    public bool? Holds(string rule) =>
        Product is null ? null : ServerVersions.BuiltIn.Get(rule).Holds(Product.Name, Version);

    /// <summary>The server of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="objects">Holds the ConfigMaps.</param>
    public static DeclaredServer From(V1Pod pod, AdmittedObjects objects)
    {
        var container = ServerProduct.FindServerContainer(pod);
        var start = DeclaredStart.From(container);
        var process = DeclaredStart.CreateProcess(start.Words) with { Environment = FindEnvironment(container) };
        var paths = StartArguments.ListConfigPaths(process);
        var found = paths.Select(path => MountedTexts.List(
            PathText.Normalize(start.Copies.GetValueOrDefault(path, path)), pod, container, objects)).ToList();
        var texts = found.SelectMany(part => part).DistinctBy(text => text.Path).ToList();
        var read = texts.Select(ServerConfiguration.TryRead).OfType<ServerConfiguration>().ToList();
        return new DeclaredServer(
            pod, container, process, read, paths.Count > 0 && found.TrueForAll(part => part.Count > 0) && read.Count == texts.Count)
        {
            Texts = texts,
        };
    }

    private static VaultServerState CreateState(IReadOnlyList<ServerConfiguration> configurations)
    {
        var config = LoadedConfigReader.Convert([.. configurations.Select(configuration => configuration.Document.Root)]);
        foreach (var name in ListContradicted(configurations))
        {
            config.Remove(name == "ui" ? "enable_ui" : name);
        }

        return new VaultServerState(
            string.Empty,
            Initialized: true,
            Sealed: false,
            Standby: null,
            config["storage"]?["type"]?.ToString() ?? string.Empty,
            string.Empty,
            config,
            null,
            VaultServerState.FromFiles);
    }

    // What is not declared is not there, as far as a declaration goes; where a whole map of variables is taken, nobody knows.
    private static EnvironmentFacts? FindEnvironment(V1Container container) => container.EnvFrom is { Count: > 0 }
        ? null
        : new EnvironmentFacts([.. (container.Env ?? []).Select(variable => variable.Name)], new Dictionary<string, string>());

    // Which of two values counts, only the server knows.
    private static IEnumerable<string> ListContradicted(IReadOnlyList<ServerConfiguration> configurations) => configurations
        .SelectMany(configuration => configuration.Document.Root.Attributes)
        .GroupBy(attribute => attribute.Name.ToLowerInvariant())
        .Where(group => group.Select(attribute => attribute.Value.AsText()).Distinct(StringComparer.Ordinal).Count() > 1)
        .Select(group => group.Key);
}
