using System.Globalization;

namespace VaultConformance.Harness.Config;

/// <summary>A value as written in the configuration.</summary>
/// <param name="Line">Line on which it starts, counted from 1.</param>
public abstract record HclValue(int Line)
{
    /// <summary>
    /// The value as Vault's weak decoding takes it for a switch: the literals <c>true</c>/<c>false</c>, numbers (all but zero are true),
    /// the strings that Go's ParseBool accepts, and the empty string, which is false. Null when it is none of these: Vault refuses to
    /// start.
    /// </summary>
    public bool? AsSwitch() => this switch
    {
        HclBool literal => literal.Value,
        HclNumber number => IsNotZero(number.Literal),
        HclString text => GoSwitch.Parse(text.Text),
        _ => null,
    };

    /// <summary>The text of a string, number or boolean; null for lists, objects and JSON's null.</summary>
    public string? AsText() => this switch
    {
        HclBool literal => literal.Value ? "true" : "false",
        HclNumber number => number.Literal,
        HclString text => text.Text,
        _ => null,
    };

    private static bool? IsNotZero(string literal) =>
        literal.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || literal.StartsWith("-0x", StringComparison.OrdinalIgnoreCase)
            ? literal[(literal.IndexOf('x', StringComparison.OrdinalIgnoreCase) + 1)..].Any(digit => digit != '0')
            : double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number != 0 : null;
}

/// <summary>
/// Texts that Go's <c>strconv.ParseBool</c> takes for a switch, as Vault reads them in its environment and in its configuration.
/// </summary>
internal static class GoSwitch
{
    /// <summary>The switch; null for a text that Vault refuses. An empty text counts as false.</summary>
    /// <param name="text">The text.</param>
    public static bool? Parse(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "" or "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };
}

/// <summary>A quoted string or a heredoc, with escapes resolved.</summary>
/// <param name="Text">Its content; <c>${…}</c> is kept as written.</param>
/// <param name="IsHeredoc">True when it was written as a heredoc.</param>
/// <param name="Line">Line on which it starts.</param>
public sealed record HclString(string Text, bool IsHeredoc, int Line) : HclValue(Line);

/// <summary>A number.</summary>
/// <param name="Literal">As written.</param>
/// <param name="Line">Line on which it stands.</param>
public sealed record HclNumber(string Literal, int Line) : HclValue(Line);

/// <summary>The literal <c>true</c> or <c>false</c>, not a string that reads so.</summary>
/// <param name="Value">Which of the two.</param>
/// <param name="Line">Line on which it stands.</param>
public sealed record HclBool(bool Value, int Line) : HclValue(Line);

/// <summary>JSON's <c>null</c>.</summary>
/// <param name="Line">Line on which it stands.</param>
public sealed record HclNull(int Line) : HclValue(Line);

/// <summary>A list.</summary>
/// <param name="Items">Its items in order.</param>
/// <param name="Line">Line on which it starts.</param>
public sealed record HclList(IReadOnlyList<HclValue> Items, int Line) : HclValue(Line);

/// <summary>An object given as a value (<c>name = { … }</c>) or any JSON object.</summary>
/// <param name="Body">What it contains.</param>
/// <param name="Line">Line on which it starts.</param>
public sealed record HclObject(HclBody Body, int Line) : HclValue(Line);
