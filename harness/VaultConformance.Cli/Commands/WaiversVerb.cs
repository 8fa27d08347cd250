using System.CommandLine;
using Spectre.Console;
using VaultConformance.Cli.Output;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Waivers;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Commands;

/// <summary><c>waivers audit</c>: says which waivers hold, and which need attention.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class WaiversVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var files = new Argument<string[]>("file") { Description = "Files of waivers.", Arity = ArgumentArity.OneOrMore };
        var against = new Option<string?>("--against")
        {
            Description = "Say too which waivers this run used: its bundle (*.vcb), its output folder or its results.json.", HelpName =
                "bundle|folder|file",
        };
        var json = new Option<bool>("--json") { Description = "For programs." };
        var audit =
            new VerbCommand(
                "audit",
                "List waivers and find those that have expired, accept too much, name no control, or were not needed.",
                "waivers audit waivers.yaml",
                "waivers audit waivers.yaml --against results")
            {
                files, against, json
            };
        audit.SetAction((result, cancellationToken) =>
            AuditAsync(result.GetRequiredValue(files), result.GetValue(against), result.GetValue(json), cancellationToken));
        return new VerbCommand(
            "waivers", "Check waivers: valid, expired, too broad, unused.", "waivers audit waivers.yaml") { audit };
    }

    private async Task<int> AuditAsync(IReadOnlyList<string> files, string? against, bool json, CancellationToken cancellationToken)
    {
        var catalogue = services.Judge.Controls;
        var loader = new WaiverLoader(catalogue) { KeepsUnknownControls = true };
        var loaded = await loader.LoadAsync([.. files.Select(ToFullPath)], cancellationToken);
        var run = against is null ? null : ReadAuditedRun(ToFullPath(against));
        var audited = WaiverAudit.Audit(loaded, catalogue, services.TimeProvider.GetUtcNow(), run);
        if (json)
        {
            services.Console.Data.WriteLine(VerbJson.Write(audited.Select(WaiverEntry.From)));
        }
        else
        {
            Show(audited);
        }

        return audited.Any(waiver => waiver.NeedsAttention) ? ExitCodes.NonConformant : ExitCodes.Success;
    }

    private static AuditedRun ReadAuditedRun(string path)
    {
        var run = RecordedResults.Open(path);
        return new AuditedRun(run.RunId, run.Waivers);
    }

    private void Show(IReadOnlyList<AuditedWaiver> audited)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Waiver", "Control", "Owner", "State", "");
        table.Columns[0].NoWrap = true;
        table.Columns[3].NoWrap = true;
        foreach (var row in audited.SelectMany(CreateRows))
        {
            table.AddRow(row);
        }

        services.Console.Ansi.Write(table);
        var open = audited.Count(waiver => waiver.NeedsAttention);
        services.Console.WriteLine(
            $"{audited.Count} waiver{(audited.Count == 1 ? "" : "s")}, "
                + $"{(open == 0 ? "none needs" : open == 1 ? "1 needs" : $"{open} need")} attention.",
            open == 0 ? Tone.Good : Tone.Bad);
    }

    private static IEnumerable<Text[]> CreateRows(AuditedWaiver audited) => audited.Remarks.Select((remark, index) => (Text[])
    [
        CreateCell(index == 0 ? audited.Waiver.Id : string.Empty),
        CreateCell(index == 0 ? audited.Waiver.Control.ToString() : string.Empty),
        CreateCell(index == 0 ? audited.Waiver.Owner : string.Empty),
        new Text(DescribeMark(remark.Mark), ChooseTone(remark).Style),
        CreateCell(remark.Text),
    ]);

    private static Tone ChooseTone(AuditRemark remark) =>
        remark.NeedsAttention ? Tone.Bad : remark.Mark == AuditMark.ExpiresSoon ? Tone.Warning : Tone.Good;

    private static string DescribeMark(AuditMark mark) => mark switch
    {
        AuditMark.ExpiresSoon => "expires soon",
        AuditMark.TooBroad => "too broad",
        AuditMark.UnknownControl => "unknown control",
        _ => mark.ToString().ToLowerInvariant(),
    };

    private string ToFullPath(string path) => Path.GetFullPath(path, services.WorkingFolder);

    private static Text CreateCell(string text) => new(Printable.ToOneLine(text));

    /// <summary>A waiver for programs.</summary>
    private sealed record WaiverEntry(
        string Id,
        string Control,
        string Owner,
        string ApprovedBy,
        DateOnly Expires,
        string File,
        bool NeedsAttention,
        IReadOnlyList<AuditRemark> Remarks)
    {
        public static WaiverEntry From(AuditedWaiver audited) => new(
            audited.Waiver.Id,
            audited.Waiver.Control.ToString(),
            audited.Waiver.Owner,
            audited.Waiver.ApprovedBy,
            audited.Waiver.Expires,
            audited.File,
            audited.NeedsAttention,
            audited.Remarks);
    }
}
