using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Patching;

/// <summary>Which rendered objects a patch changes; everything that is given must match.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Name">Regular expression for the whole name; null for any.</param>
/// <param name="ApiVersion">Group and version; null for any.</param>
/// <param name="Labels">Labels that the object must carry.</param>
internal sealed record PatchTarget(string Kind, string? Name, string? ApiVersion, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>True when the object is meant.</summary>
    /// <param name="candidate">A rendered object.</param>
    public bool Matches(ManifestObject candidate) =>
        candidate.Kind == Kind
        && (Name is null || Regex.IsMatch(candidate.Name, @$"^(?:{Name})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))
        && (ApiVersion is null || candidate.ApiVersion == ApiVersion)
        && Labels.All(label => candidate.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>The target in words, as messages show it.</summary>
    public override string ToString() => string.Join(' ', ListWords());

    private IEnumerable<string> ListWords()
    {
        yield return $"kind {Kind}";
        if (Name is not null)
        {
            yield return $"name '{Name}'";
        }

        if (ApiVersion is not null)
        {
            yield return $"apiVersion {ApiVersion}";
        }

        if (Labels.Count > 0)
        {
            yield return $"labels {string.Join(',', Labels.Select(label => $"{label.Key}={label.Value}"))}";
        }
    }
}
