using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Runs.Plan;

/// <summary>Waivers that no longer count: known before a run starts, and not worth a run of minutes to find out.</summary>
internal static class ExpiredWaivers
{
    /// <summary>One sentence for each.</summary>
    /// <param name="files">The files of waivers.</param>
    /// <param name="now">Start of the run.</param>
    public static IEnumerable<string> ListNotices(IEnumerable<WaiverFile> files, DateTimeOffset now) =>
        files.SelectMany(file => file.Waivers)
            .Where(waiver => WaiverTerm.CountDaysLeft(waiver, now) < 0)
            .Select(waiver => $"Waiver {waiver.Id} for {waiver.Control} expired on {WaiverTerm.FormatLastDay(waiver)} and no longer "
                + "counts. Fix the control, or have the waiver approved again.");
}
