using System.Diagnostics;
using System.Globalization;

namespace VaultConformance.Harness.Clusters;

/// <summary>The process that created something for a run, as labels tell it.</summary>
/// <param name="Host">Machine or container that the process ran in; null when the labels do not say.</param>
/// <param name="ProcessId">Its id there; null when the labels do not say.</param>
/// <param name="Started">When it started, to the second; null when the labels do not say. Process ids are used again.</param>
internal sealed record RunOwner(string? Host, int? ProcessId, DateTimeOffset? Started)
{
    /// <summary>Longest time that a run may take: what another machine created before that is left over.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromHours(24);

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>This process.</summary>
    public static RunOwner Current { get; } = FromThisProcess();

    /// <summary>Reads the labels that <see cref="CreateLabels"/> gives.</summary>
    /// <param name="labels">Labels of an object or a container.</param>
    public static RunOwner From(IDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new RunOwner(
            labels.TryGetValue(RunLabels.Host, out var host) ? host : null,
            labels.TryGetValue(RunLabels.Process, out var process)
                && int.TryParse(process, CultureInfo.InvariantCulture, out var id) ? id : null,
            labels.TryGetValue(RunLabels.Started, out var text)
                && DateTimeOffset.TryParseExact(
                    text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started) ? started : null);
    }

    /// <summary>The labels that say who created something.</summary>
    public IReadOnlyDictionary<string, string> CreateLabels()
    {
        var labels = new Dictionary<string, string>();
        if (Host is { } host)
        {
            labels[RunLabels.Host] = host;
        }

        if (ProcessId is { } id)
        {
            labels[RunLabels.Process] = id.ToString(CultureInfo.InvariantCulture);
        }

        if (Started is { } started)
        {
            labels[RunLabels.Started] = started.ToString(TimeFormat, CultureInfo.InvariantCulture);
        }

        return labels;
    }

    /// <summary>
    /// Whether the run may still be going on. On this machine the process decides; processes of another one cannot be seen, so that the
    /// time does.
    /// </summary>
    /// <param name="createdAt">When the thing was created.</param>
    /// <param name="now">The time.</param>
    public bool MayBeGoingOn(DateTimeOffset createdAt, DateTimeOffset now) =>
        Host is { } host && host != Current.Host ? now - createdAt < LongestRun : ProcessId is { } id && Runs(id);

    private bool Runs(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return Started is not { } started || (process.StartTime.ToUniversalTime() - started.UtcDateTime).Duration() <= Tolerance;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It is there, and someone else's; whether it is ours cannot be told.
            return true;
        }
    }

    private static RunOwner FromThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new RunOwner(
            GetLabel(Environment.MachineName),
            Environment.ProcessId,
            new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero));
    }

    // Values of labels are at most 63 letters, digits, dots, dashes and underscores.
    private static string GetLabel(string name)
    {
        const int Longest = 63;
        var kept = new string([.. name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_').Take(Longest)])
            .Trim('.', '-', '_');
        return kept.Length == 0 ? "unnamed" : kept;
    }
}
