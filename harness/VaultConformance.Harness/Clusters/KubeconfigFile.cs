using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Harness.Clusters;

/// <summary>Private kubeconfig files with exactly one context.</summary>
internal static class KubeconfigFile
{
    private const string Current = "current";

    /// <summary>Writes text to a file that only this user can read.</summary>
    internal static async Task WritePrivateAsync(string path, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    /// <summary>Loads a kubeconfig and reduces it to one context. Everything else about it stays as it is, whatever it means.</summary>
    /// <param name="path">The file; it is only read.</param>
    /// <param name="context">Name of a context, or <c>current</c> for the file's current one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HarnessException">The file is missing, malformed, or has no such context.</exception>
    internal static async Task<SingleContext> LoadSingleContextAsync(string path, string context, CancellationToken cancellationToken)
    {
        var root = await LoadAsync(path, cancellationToken);
        var name = context == Current ? KubeconfigNodes.GetText(root, "current-context") : context;
        var chosen = KubeconfigNodes.Find(root, "contexts", name)
            ?? throw CreateProblem(DescribeNoContext(path, context, name, KubeconfigNodes.ListNames(root, "contexts")));
        var details = KubeconfigNodes.Map(chosen, "context");
        var cluster = FindNamed(
            root, "clusters", KubeconfigNodes.GetText(details, "cluster"), $"Context '{name}' of kubeconfig '{path}' names cluster");
        var userName = KubeconfigNodes.GetText(details, "user");
        var user = userName.Length == 0 ? null : FindNamed(root, "users", userName, $"Context '{name}' of kubeconfig '{path}' names user");
        // The copy lies in another folder, so that relative file names would no longer be found.
        KubeconfigNodes.MakeAbsolute(cluster, user, Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new SingleContext(name, KubeconfigNodes.Write(name, chosen, cluster, user));
    }

    private static YamlMappingNode FindNamed(YamlMappingNode root, string list, string name, string what) =>
        KubeconfigNodes.Find(root, list, name) ?? throw CreateProblem(
            $"{what} '{name}', which the file does not have. Correct the file, or choose another context with --context.");

    private static string DescribeNoContext(string path, string asked, string name, IReadOnlyList<string> known)
    {
        var problem = asked == Current && name.Length == 0 ? "names no current context" : $"has no context '{name}'";
        return known.Count == 0
            ? $"Kubeconfig '{path}' {problem}: it holds no contexts. Give another file with --kubeconfig."
            : $"Kubeconfig '{path}' {problem}. Its contexts are: {string.Join(", ", known)}. Choose one with --context.";
    }

    private static async Task<YamlMappingNode> LoadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw CreateProblem($"Kubeconfig '{path}' does not exist. Name an existing file with --kubeconfig.");
        }

        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(await File.ReadAllTextAsync(path, cancellationToken)));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? root
                : throw CreateProblem(DescribeUnreadable(path, "it holds no mapping"));
        }
        catch (YamlException exception)
        {
            throw CreateProblem(DescribeUnreadable(
                path, string.Create(CultureInfo.InvariantCulture, $"its YAML is malformed at line {exception.Start.Line}")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CreateProblem(DescribeUnreadable(path, exception.Message.TrimEnd('.')));
        }
    }

    private static string DescribeUnreadable(string path, string reason) =>
        $"Kubeconfig '{path}' cannot be read as a kubeconfig: {reason}. Check the file, or name another with --kubeconfig.";

    private static HarnessException CreateProblem(string message) => new(FailureKind.Configuration, message);
}

/// <summary>A kubeconfig with one context.</summary>
/// <param name="name">Name of the context.</param>
/// <param name="yaml">The file.</param>
/// <remarks>A class and not a record, so that nothing prints the credentials by accident.</remarks>
internal sealed class SingleContext(string name, string yaml)
{
    internal string Name => name;

    /// <summary>The file. Secret.</summary>
    internal string Yaml => yaml;
}
