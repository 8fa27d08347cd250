using k8s;
using k8s.KubeConfigModels;
using YamlDotNet.Core;

namespace VaultConformance.Harness.Clusters;

/// <summary>Private kubeconfig files with exactly one context.</summary>
internal static class KubeconfigFile
{
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

    /// <summary>Loads a kubeconfig and reduces it to one context.</summary>
    /// <exception cref="HarnessException">The file is missing, malformed, or has no such context.</exception>
    internal static async Task<K8SConfiguration> LoadSingleContextAsync(string path, string context, CancellationToken cancellationToken)
    {
        var all = await LoadAsync(path, cancellationToken);
        var name = context == "current" ? all.CurrentContext : context;
        var known = (all.Contexts ?? []).Select(candidate => candidate.Name).ToList();
        var chosen = (all.Contexts ?? []).FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new HarnessException(
                FailureKind.Configuration,
                $"Kubeconfig '{path}' has no context '{name}'. Its contexts are: {(known.Count == 0 ? "none" : string.Join(", ", known))}. Choose one with --context.");
        MakeAbsolute(all, Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new K8SConfiguration
        {
            ApiVersion = "v1",
            Kind = "Config",
            CurrentContext = chosen.Name,
            Contexts = [chosen],
            Clusters = [.. all.Clusters.Where(cluster => cluster.Name == chosen.ContextDetails.Cluster)],
            Users = [.. all.Users.Where(user => user.Name == chosen.ContextDetails.User)],
        };
    }

    // The copy lies in another folder, so that relative file names would no longer be found.
    private static void MakeAbsolute(K8SConfiguration configuration, string folder)
    {
        string? Absolute(string? file) => string.IsNullOrEmpty(file) ? file : Path.GetFullPath(file, folder);
        foreach (var cluster in configuration.Clusters ?? [])
        {
            cluster.ClusterEndpoint.CertificateAuthority = Absolute(cluster.ClusterEndpoint.CertificateAuthority);
        }

        foreach (var user in configuration.Users ?? [])
        {
            user.UserCredentials.ClientCertificate = Absolute(user.UserCredentials.ClientCertificate);
            user.UserCredentials.ClientKey = Absolute(user.UserCredentials.ClientKey);
        }
    }

    private static async Task<K8SConfiguration> LoadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new HarnessException(FailureKind.Configuration, $"Kubeconfig '{path}' does not exist. Name an existing file with --kubeconfig.");
        }

        try
        {
            await using var stream = File.OpenRead(path);
            return await KubernetesYaml.LoadFromStreamAsync<K8SConfiguration>(stream).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is YamlException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new HarnessException(FailureKind.Configuration, $"Kubeconfig '{path}' cannot be read as a kubeconfig. Check the file, or name another with --kubeconfig.");
        }
    }
}
