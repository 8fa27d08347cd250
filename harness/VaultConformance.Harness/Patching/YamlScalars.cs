using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Harness.Patching;

/// <summary>Gives plain YAML scalars the type that Kubernetes' YAML reader gives them; <c>0640</c> is octal, <c>yes</c> is true.</summary>
internal static partial class YamlScalars
{
    internal static JsonNode? Resolve(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str" || scalar.Tag == "!!str")
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
            _ => ParseNumber(text) ?? JsonValue.Create(text),
        };
    }

    /// <summary>True when the text, written plainly, would be read back as the same string.</summary>
    internal static bool IsSafePlain(string text) =>
        PlainWord.IsMatch(text)
            && text.ToUpperInvariant() is not ("NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N");

    private static JsonValue? ParseNumber(string text)
    {
        if (Decimal.IsMatch(text) && long.TryParse(text, CultureInfo.InvariantCulture, out var whole))
        {
            return JsonValue.Create(whole);
        }

        if (Prefixed.Match(text) is { Success: true } prefixed && ParseBased(prefixed) is { } based)
        {
            return JsonValue.Create(based);
        }

        return Real.IsMatch(text) && double.TryParse(text, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonValue.Create(real)
            : null;
    }

    private static long? ParseBased(Match prefixed)
    {
        var number = prefixed.Groups["digits"].Value;
        var radix = prefixed.Groups["prefix"].Value is "0x" ? 16 : 8;
        try
        {
            return System.Convert.ToInt64(number, radix);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal { get; }

    [GeneratedRegex(@"^((?<prefix>0x)(?<digits>[0-9a-fA-F]+)|(?<prefix>0o?)(?<digits>[0-7]+))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefixed { get; }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Real { get; }

    [GeneratedRegex(@"^[A-Za-z/_][A-Za-z0-9_./\-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord { get; }
}
