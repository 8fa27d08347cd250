#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using System.Globalization;
using NUnit.Framework.Constraints;
using NUnit.Framework.Internal;

namespace VaultConformance.Controls.Bridge;

/// <summary>Words for what was expected and what was seen.</summary>
internal static class FindingText
{
    /// <summary>What a constraint expects.</summary>
    /// <param name="result">The constraint applied.</param>
    public static string DescribeExpected(ConstraintResult result) => ToPlainText(result.Description);

    /// <summary>What was seen.</summary>
    /// <param name="result">The constraint applied.</param>
    public static string DescribeActual(ConstraintResult result)
    {
        if (result.ActualValue is string or IFormattable)
        {
            return Convert.ToString(result.ActualValue, CultureInfo.InvariantCulture)!;
        }

        using var writer = new TextMessageWriter();
        result.WriteActualValueTo(writer);
        return ToPlainText(writer.ToString());
    }

    private static string ToPlainText(string text)
    {
        var bare = text.Trim();
        return bare.Count(character => character == '"') > 2 ? bare : bare.Trim('"').TrimStart('<').TrimEnd('>').Trim();
    }
}
