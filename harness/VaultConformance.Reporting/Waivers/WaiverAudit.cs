using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Waivers;

/// <summary>Looks at waivers without a cluster: which have expired, are about to, accept too much, or are not needed.</summary>
internal static class WaiverAudit
{
    /// <summary>Looks at all waivers of some files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="catalogue">All controls.</param>
    /// <param name="now">When the audit takes place.</param>
    /// <param name="run">The run whose results say which waivers were used; null when none is asked.</param>
    /// <returns>One for each waiver, in order.</returns>
    public static IReadOnlyList<AuditedWaiver> Audit(
        IReadOnlyList<WaiverFile> files, IReadOnlyList<ControlDescriptor> catalogue, DateTimeOffset now, AuditedRun? run)
    {
        ArgumentNullException.ThrowIfNull(files);
        var known = catalogue.Select(control => control.Id).ToHashSet();
        return
        [
            .. files.SelectMany(file => file.Waivers.Select(waiver => new AuditedWaiver(
                waiver,
                file.Path,
                [JudgeTerm(waiver, now), .. FindBroad(waiver, now), .. FindUnknown(waiver, known), .. Use(waiver, run)]))),
        ];
    }

    private static AuditRemark JudgeTerm(Waiver waiver, DateTimeOffset now) => WaiverTerm.CountDaysLeft(waiver, now) switch
    {
        < 0 => new AuditRemark(AuditMark.Expired, $"its last day was {WaiverTerm.FormatLastDay(waiver)}; its control counts as it is"),
        0 => new AuditRemark(AuditMark.ExpiresSoon, "today is its last day"),
        <= WaiverTerm.SoonDays and var days => new AuditRemark(
            AuditMark.ExpiresSoon, $"its last day is {WaiverTerm.FormatLastDay(waiver)}, in {days} day{(days == 1 ? "" : "s")}"),
        _ => new AuditRemark(AuditMark.Active, $"its last day is {WaiverTerm.FormatLastDay(waiver)}"),
    };

    private static IEnumerable<AuditRemark> FindBroad(Waiver waiver, DateTimeOffset now) =>
        WaiverTerm.ExplainTooBroad(waiver, now).Select(reason => new AuditRemark(AuditMark.TooBroad, reason));

    private static IEnumerable<AuditRemark> FindUnknown(Waiver waiver, HashSet<ControlId> known) =>
        known.Contains(waiver.Control)
            ? []
            : [new AuditRemark(AuditMark.UnknownControl, $"there is no control {waiver.Control}; a run refuses the file")];

    private static IEnumerable<AuditRemark> Use(Waiver waiver, AuditedRun? run)
    {
        if (run is null)
        {
            return [];
        }

        var status = run.Statuses.FirstOrDefault(status => status.Waiver.Id == waiver.Id);
        return status switch
        {
            null => [new AuditRemark(AuditMark.Unused, $"run {run.RunId} was not given it")],
            _ when status.Waiver != waiver => [new AuditRemark(AuditMark.Unused, $"run {run.RunId} was given another waiver of this id")],
            { State: WaiverState.Used } => [new AuditRemark(AuditMark.Used, $"run {run.RunId}: {status.Message}")],
            _ => [new AuditRemark(AuditMark.Unused, $"run {run.RunId}: {status.Message}")],
        };
    }
}

/// <summary>What an audit says about one waiver.</summary>
/// <param name="Waiver">The waiver.</param>
/// <param name="File">The file that it is in.</param>
/// <param name="Remarks">What there is to say; the first is about its term.</param>
internal sealed record AuditedWaiver(Waiver Waiver, string File, IReadOnlyList<AuditRemark> Remarks)
{
    /// <summary>True when someone has to do something about it.</summary>
    public bool NeedsAttention => Remarks.Any(remark => remark.NeedsAttention);
}

/// <summary>One thing that an audit says.</summary>
/// <param name="Mark">What kind of thing.</param>
/// <param name="Text">In words.</param>
internal sealed record AuditRemark(AuditMark Mark, string Text)
{
    /// <summary>True when someone has to do something about it. That it expires soon is said in time and is not yet such a thing.</summary>
    public bool NeedsAttention => Mark is AuditMark.Expired or AuditMark.TooBroad or AuditMark.UnknownControl or AuditMark.Unused;
}

/// <summary>Kind of an <see cref="AuditRemark"/>.</summary>
internal enum AuditMark
{
    /// <summary>It holds.</summary>
    Active,

    /// <summary>It holds for at most <see cref="WaiverTerm.SoonDays"/> more days.</summary>
    ExpiresSoon,

    /// <summary>Its last day has passed.</summary>
    Expired,

    /// <summary>It accepts more than it should.</summary>
    TooBroad,

    /// <summary>There is no such control.</summary>
    UnknownControl,

    /// <summary>The run needed it.</summary>
    Used,

    /// <summary>The run did not need it.</summary>
    Unused,
}
