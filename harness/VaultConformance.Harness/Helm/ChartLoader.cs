using System.Security.Cryptography;
using System.Text;
using VaultConformance.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Harness.Helm;

/// <summary>Brings a chart onto this machine and identifies it.</summary>
/// <param name="helm">The Helm program.</param>
/// <param name="workFolder">Folder for downloads.</param>
public sealed class ChartLoader(HelmClient helm, string workFolder)
{
    /// <summary>Loads a chart.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="version">Version to take from a repository or registry, or to expect of a directory or archive; null for any.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="HarnessException">There is no such chart, or it is not what was asked for.</exception>
    public async Task<Chart> LoadAsync(ChartReference reference, string? version, CancellationToken cancellationToken)
    {
        var path = reference.Kind is ChartSource.Directory or ChartSource.Archive
            ? reference.Name
            : await PullAsync(reference, version, cancellationToken);
        var metadata = await DescribeAsync(reference, path, cancellationToken);
        if (version is not null && metadata.Version != version)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Chart '{reference.Text}' has version {metadata.Version}, but --chart-version asks for {version}. Change one of them.");
        }

        return metadata;
    }

    private async Task<string> PullAsync(ChartReference reference, string? version, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(workFolder, $"chart-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        List<string> arguments = ["pull", reference.Name, "--destination", folder];
        if (reference.Repository is { } repository)
        {
            arguments.AddRange(["--repo", repository]);
        }

        if (version is not null)
        {
            arguments.AddRange(["--version", version]);
        }

        var result = await helm.RunAsync("pull", arguments, cancellationToken);
        result.ThrowOnFailure(
            FailureKind.Environment,
            $"Check the name and version of chart '{reference.Text}' and the network, or give a local chart with --chart.");
        return Directory.GetFiles(folder, "*.tgz") is [var archive]
            ? archive
            : throw new HarnessException(
                FailureKind.Environment, $"'helm pull' of chart '{reference.Text}' left no archive. Give a local chart with --chart.");
    }

    private async Task<Chart> DescribeAsync(ChartReference reference, string path, CancellationToken cancellationToken)
    {
        var result = await helm.RunAsync("show chart", ["show", "chart", path], cancellationToken);
        result.ThrowOnFailure(FailureKind.Configuration, $"'{reference.Text}' is not a Helm chart; give another one with --chart.");
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(BlockScalars.Repair(result.StandardOutput)));
            var root = (YamlMappingNode)yaml.Documents[0].RootNode;
            return new Chart(reference, path, GetScalar(root, "name"), GetScalar(
                root, "version"), GetScalar(root, "appVersion"), await ComputeDigestAsync(path, cancellationToken));
        }
        catch (Exception exception) when (exception is YamlException or InvalidCastException or ArgumentOutOfRangeException)
        {
            throw new HarnessException(
                FailureKind.Configuration, $"The metadata of chart '{reference.Text}' is not readable: {exception.Message}.", exception);
        }
    }

    private static string GetScalar(YamlMappingNode root, string key) =>
        root.Children.TryGetValue(key, out var node) && node is YamlScalarNode { Value: { } value } ? value : string.Empty;

    private static async Task<string> ComputeDigestAsync(string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (File.Exists(path))
        {
            hash.AppendData(await File.ReadAllBytesAsync(path, cancellationToken));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(path, file).Replace('\\', '/'));
        foreach (var (name, file) in files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\0"));
            hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellationToken)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
