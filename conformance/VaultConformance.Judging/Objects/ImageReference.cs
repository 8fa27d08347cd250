using System.Text.RegularExpressions;

namespace VaultConformance.Judging.Objects;

/// <summary>The name of an image, as a pod gives it.</summary>
/// <param name="Text">The name.</param>
internal sealed partial record ImageReference(string Text)
{
    private const string DockerHub = "docker.io";

    /// <summary>True when the name says exactly which image is meant: a tag can be moved, a digest cannot.</summary>
    public bool IsPinned => Digest.IsMatch(Text);

    /// <summary>The registry; that of Docker where the name does not begin with one.</summary>
    public string Registry => Text.Split('@')[0].Split('/') is [var first, _, ..]
        && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost")
            ? first
            : DockerHub;

    /// <summary>True when a registry or a part of it is among those that are allowed.</summary>
    /// <param name="allowed">Registries, or their beginnings up to a slash, as in <c>registry.example.com/vault</c>.</param>
    public bool IsFrom(IEnumerable<string> allowed)
    {
        var name = Text.StartsWith($"{Registry}/", StringComparison.Ordinal) ? Text
            : Text.Split('@')[0].Contains('/', StringComparison.Ordinal) ? $"{DockerHub}/{Text}" : $"{DockerHub}/library/{Text}";
        return allowed.Any(prefix => name.StartsWith($"{prefix.TrimEnd('/')}/", StringComparison.Ordinal));
    }

    [GeneratedRegex("^[^@]+@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$", RegexOptions.CultureInvariant)]
    private static partial Regex Digest { get; }
}
