using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace VaultConformance.Cli.Tests.Live;

/// <summary>Secrets that were planted in a run or came up in it, and the search for them.</summary>
internal sealed partial class CanarySecrets
{
    private readonly ConcurrentDictionary<string, string> _secrets = new();

    /// <summary>Names of what is searched for.</summary>
    public IReadOnlyCollection<string> Names => [.. _secrets.Values.Distinct().Order()];

    /// <summary>Remembers a secret.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">The secret.</param>
    public void Add(string name, string value) => _secrets[value] = name;

    /// <summary>Remembers the credentials in the kubeconfig of every run that is going on.</summary>
    public void AddKubeconfigs()
    {
        foreach (var file in Directory.EnumerateDirectories(Path.GetTempPath(), "vault-conformance-2*").SelectMany(folder => Directory.EnumerateFiles(folder, "*kubeconfig*")))
        {
            foreach (Match match in Credential.Matches(File.ReadAllText(file)))
            {
                Add("kubeconfig credential", match.Groups[1].Value);
                Add("kubeconfig private key", Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[1].Value)).Split('\n')[1]);
            }
        }
    }

    /// <summary>What is found in some bytes, each as "name in place".</summary>
    /// <param name="place">Where the bytes come from.</param>
    /// <param name="content">The bytes.</param>
    public IEnumerable<string> FindIn(string place, byte[] content) => _secrets
        .Where(secret => Forms(secret.Key).Any(form => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) >= 0))
        .Select(secret => $"{secret.Value} in {place}");

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return [secret, Convert.ToBase64String(bytes).TrimEnd('='), Uri.EscapeDataString(secret), Convert.ToHexStringLower(bytes)];
    }

    [GeneratedRegex(@"client-key-data:\s*(\S+)")]
    private static partial Regex Credential { get; }
}
