using System.Globalization;
using System.Text.Json;

namespace VaultConformance.Reporting.Json;

/// <summary>The shortest form of a number, as ECMAScript writes it; whole numbers of up to 64 bits keep all their digits.</summary>
internal static class CanonicalNumber
{
    private const int LongestWritten = 64;
    private const int MostWholeDigits = 21;
    private const int MostLeadingZeros = 6;

    /// <summary>The canonical form.</summary>
    /// <param name="written">A JSON number.</param>
    /// <exception cref="JsonException">It is longer or larger than any measurement.</exception>
    public static string Write(string written)
    {
        if (written.Length > LongestWritten)
        {
            throw new JsonException($"it holds a number of {written.Length} characters; at most {LongestWritten} are allowed");
        }

        if (long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed))
        {
            return signed.ToString(CultureInfo.InvariantCulture);
        }

        if (ulong.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned))
        {
            return unsigned.ToString(CultureInfo.InvariantCulture);
        }

        var number = double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? WriteShortest(number)
            : throw new JsonException($"it holds the number {written}, which is too large");
    }

    private static string WriteShortest(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        var (digits, point) = SplitParts(Math.Abs(number).ToString("R", CultureInfo.InvariantCulture));
        var text = point switch
        {
            > MostWholeDigits or <= -MostLeadingZeros => WriteExponential(digits, point - 1),
            <= 0 => $"0.{new string('0', -point)}{digits}",
            _ when point >= digits.Length => digits.PadRight(point, '0'),
            _ => $"{digits[..point]}.{digits[point..]}",
        };
        return number < 0 ? "-" + text : text;
    }

    /// <summary>The significant digits, and where the decimal point stands among them.</summary>
    private static (string Digits, int Point) SplitParts(string roundTrip)
    {
        var mantissa = roundTrip.Split('E');
        var whole = mantissa[0].Split('.');
        var all = string.Concat(whole);
        var exponent = mantissa.Length > 1 ? int.Parse(mantissa[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var significant = all.TrimStart('0');
        return (significant.TrimEnd('0'), whole[0].Length + exponent - (all.Length - significant.Length));
    }

    private static string WriteExponential(string digits, int exponent) => string.Create(
        CultureInfo.InvariantCulture,
        $"{digits[..1]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
}
