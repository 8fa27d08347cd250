namespace VaultConformance.Reporting.Values;

/// <summary>Reads switches as Helm and the chart do: <c>yes</c>, <c>On</c> and <c>True</c> are true, and so is the text "true".</summary>
internal static class HelmSwitch
{
    private static readonly string[] Trues = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
    private static readonly string[] Falses = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];

    /// <summary>True or false; null when the text is neither.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isQuoted">True when it is a text whatever it looks like.</param>
    public static bool? Read(string text, bool isQuoted = false) => (text, isQuoted) switch
    {
        ("true", _) => true,
        ("false", _) => false,
        (_, true) => null,
        _ when Trues.Contains(text) => true,
        _ when Falses.Contains(text) => false,
        _ => null,
    };
}
