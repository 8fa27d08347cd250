using System.Globalization;
using System.Text.RegularExpressions;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>Major versions of the engine as different programs print them.</summary>
internal static partial class EngineVersion
{
    /// <summary>From <c>apt-cache policy docker.io</c>; zero when there is no candidate.</summary>
    public static int MajorOfCandidate(string aptPolicy) => Major(Candidate().Match(aptPolicy));

    /// <summary>From <c>dockerd --version</c>; zero when it says something else.</summary>
    public static int MajorOfProgram(string printed) => Major(Program().Match(printed));

    private static int Major(Match match) => match.Success ? int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^\s*Candidate:\s*(\d+:)?(?<major>\d+)\.", RegexOptions.Multiline)]
    private static partial Regex Candidate();

    [GeneratedRegex(@"version (?<major>\d+)\.")]
    private static partial Regex Program();
}
