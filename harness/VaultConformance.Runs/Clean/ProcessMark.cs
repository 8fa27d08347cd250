using System.Diagnostics;
using System.Globalization;

namespace VaultConformance.Runs.Clean;

/// <summary>A process of this machine by its id and the time when it started: ids are given out again.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it started, in ticks of UTC.</param>
internal sealed record ProcessMark(int Id, long Started)
{
    // The start time is worked out from the age, which is counted in hundredths of seconds.
    private static readonly long Tolerance = TimeSpan.FromSeconds(2).Ticks;

    /// <summary>This process.</summary>
    public static ProcessMark OfThisProcess
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return new ProcessMark(process.Id, process.StartTime.ToUniversalTime().Ticks);
        }
    }

    /// <summary>True while it runs.</summary>
    public bool IsAlive
    {
        get
        {
            try
            {
                using var process = Process.GetProcessById(Id);
                return Math.Abs(process.StartTime.ToUniversalTime().Ticks - Started) <= Tolerance;
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                return false;
            }
        }
    }

    /// <summary>Reads a mark; null when the text is not one.</summary>
    /// <param name="text">The text.</param>
    public static ProcessMark? TryParse(string text) =>
        text.Trim().Split(' ') is [var id, var started]
        && int.TryParse(id, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(started, CultureInfo.InvariantCulture, out var ticks)
            ? new ProcessMark(number, ticks)
            : null;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Started}");
}
