using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Waivers;

/// <summary>A waiver in <c>results.json</c>.</summary>
internal sealed record JsonWaiver(
    string Id, string Control, WaiverScope Scope, string Reason, string Owner, string ApprovedBy, DateOnly Expires, string? Link)
{
    public static JsonWaiver From(Waiver waiver) =>
        new(
            waiver.Id,
            waiver.Control.ToString(),
            waiver.Scope,
            waiver.Reason,
            waiver.Owner,
            waiver.ApprovedBy,
            waiver.Expires,
            waiver.Link);

    /// <exception cref="FormatException">The control is no id of one.</exception>
    public Waiver ToModel() => new(Id, ControlId.Parse(Control), Scope, Reason, Owner, ApprovedBy, Expires, Link);
}

/// <summary>What became of a waiver, in <c>results.json</c>.</summary>
internal sealed record JsonWaiverStatus(JsonWaiver Waiver, WaiverState State, string Message, IReadOnlyList<string> TooBroad)
{
    public static JsonWaiverStatus From(WaiverStatus status) =>
        new(JsonWaiver.From(status.Waiver), status.State, status.Message, status.TooBroad);

    /// <exception cref="FormatException">The control is no id of one.</exception>
    public WaiverStatus ToModel() => new(Waiver.ToModel(), State, Message) { TooBroad = TooBroad };
}
