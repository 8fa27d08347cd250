using System.Text.Json;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault;

/// <summary>Unseal keys that a release keeps in a Secret, and its root token where it keeps that too. Lives in memory only.</summary>
/// <param name="Shares">Key shares.</param>
/// <param name="RootToken">Root token; null when there is none.</param>
internal sealed partial record UnsealKeys(IReadOnlyList<SecretText> Shares, SecretText? RootToken)
{
    private static readonly string[] ListMembers = ["unseal_keys_b64", "keys_base64", "unseal_keys_hex", "keys"];

    /// <summary>Reads a Secret: the JSON that initialising prints, a list of keys as JSON or in lines, or one key an entry.</summary>
    /// <param name="secret">Name of the Secret, for messages.</param>
    /// <param name="entries">Its entries as text.</param>
    /// <exception cref="HarnessException">
    /// There is no key in it, or something that should be one is none. The message names entries, never values.
    /// </exception>
    internal static UnsealKeys Read(string secret, IReadOnlyDictionary<string, string> entries)
    {
        var shares = new List<string>();
        string? root = null;
        foreach (var (name, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (ParseJson(value) is { } json)
            {
                shares.AddRange(SharesOf(json));
                root ??= FindRoot(json);
            }
            else if (RootName.IsMatch(name))
            {
                root ??= value.Trim();
            }
            else if (ShareName.IsMatch(name))
            {
                shares.AddRange(Split(value));
            }
        }

        if (shares.Count == 0 || shares.Any(share => !IsShare(share)))
        {
            var problem = shares.Count == 0 ? "holds no unseal keys" : "holds something that is not an unseal key";
            throw new HarnessException(
                FailureKind.Configuration,
                $"Secret '{secret}', which --unseal-keys-from names, {problem} in a form that is known: the JSON of 'vault operator "
                    + "init', a list of keys as JSON or in lines, "
                + "or entries like 'unseal-key-1' or 'vault-unseal-0'. Its entries are "
                + $"{string.Join(", ", entries.Keys.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}.");
        }

        return new UnsealKeys(
            [.. shares.Distinct(StringComparer.Ordinal).Select(share => new SecretText(share))],
            root is { Length: > 0 } ? new SecretText(root) : null);
    }

    private static JsonElement? ParseJson(string value)
    {
        if (value.TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> SharesOf(JsonElement json)
    {
        var list = json.ValueKind == JsonValueKind.Array
            ? json
            : ListMembers.Select(name => json.TryGetProperty(name, out var member) ? member : default)
                .FirstOrDefault(member => member.ValueKind == JsonValueKind.Array);
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.ToString().Trim())] : [];
    }

    private static string? FindRoot(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("root_token", out var token)
            && token.ValueKind == JsonValueKind.String ? token.GetString() : null;

    private static string[] Split(string value) =>
        value.Split(['\n', ',', ' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // A share is the key itself, or one byte longer; keys have 16 to 64 bytes.
    private static bool IsShare(string text)
    {
        var buffer = new byte[text.Length];
        var length = text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? text.Length / 2
            : Convert.TryFromBase64String(text, buffer, out var written) ? written : 0;
        return length is >= 16 and <= 65;
    }

    [GeneratedRegex(
        "^((" + ServerProduct.Words + ")[-_.]?)?(initial[-_.]?)?root([-_.]?token)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RootName { get; }

    [GeneratedRegex(
        "^((" + ServerProduct.Words + ")[-_.]?)?(unseal|key|share|unseal[-_.]?(key|share)|recovery[-_.]?key)s?([-_.]?[0-9]+)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ShareName { get; }
}

/// <summary>Where a user says that the keys of a server are which initialised itself.</summary>
/// <param name="Secret">Name of the Secret.</param>
/// <param name="ReadAsync">Reads it; null while it does not exist.</param>
internal sealed record UnsealKeySource(string Secret, Func<CancellationToken, Task<UnsealKeys?>> ReadAsync);
