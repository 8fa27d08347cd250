using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Helm;

/// <summary>Version of the Helm program; flags differ between 3 and 4.</summary>
/// <param name="Major">Major version.</param>
/// <param name="Minor">Minor version.</param>
/// <param name="Text">As printed, for example <c>v4.1.4</c>.</param>
public sealed partial record HelmVersion(int Major, int Minor, string Text)
{
    /// <summary>Reads the output of <c>helm version --template {{.Version}}</c>.</summary>
    /// <param name="output">The output.</param>
    /// <exception cref="HarnessException">It is not a version, or one that is too old.</exception>
    public static HelmVersion Parse(string output)
    {
        var match = Form.Match(output);
        if (!match.Success)
        {
            throw new HarnessException(
                FailureKind.Environment, $"The Helm program answered '{output.Trim()}' when asked for its version. Install Helm 3 or 4, "
                    + "or name another one with --helm.");
        }

        var version = new HelmVersion(int.Parse(match.Groups[1].ValueSpan), int.Parse(match.Groups[2].ValueSpan), match.Value);
        return version.Major is 3 or 4
            ? version
            : throw new HarnessException(
                FailureKind.Environment, $"Helm {version.Text} is not supported. Install Helm 3 or 4, or name another one with --helm.");
    }

    // A Helm that was built from source without its build flags has no third number.
    [GeneratedRegex(@"v(\d{1,4})\.(\d{1,4})(\.\d+\S*)?", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
