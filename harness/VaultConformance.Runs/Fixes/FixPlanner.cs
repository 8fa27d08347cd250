using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Fixes;

/// <summary>Merges what mends each failed control into one change of the user's values.</summary>
/// <param name="values">The values files of the run.</param>
/// <param name="profile">Parameters of the profile.</param>
internal sealed class FixPlanner(RecordedValues values, ProfileParameters profile)
{
    /// <summary>Paths that the server writes to although no values name them, for example those of audit devices.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];

    private const string Withheld = "# *** withheld";

    /// <summary>The change; null when nothing failed.</summary>
    /// <param name="results">The results of the run.</param>
    public RunFix? Plan(IReadOnlyList<ControlResult> results)
    {
        var failed = results.Where(result => result.Outcome == Outcome.Failed).ToList();
        return failed.Count == 0 ? null : Plan(failed);
    }

    private RunFix Plan(List<ControlResult> failed)
    {
        var last = values.Files[^1];
        try
        {
            RefuseWithheld();
            var files = new ValuesFix([.. values.Files.SkipLast(1).Select(file => file.Text)], EndLastLine(last.Text));
            SubchartValues.Refuse(files.Values, values);
            var release = new ReleaseFix(files.Values, values, profile, Written);
            var draft = Draft(failed, files, release, noTls: null);
            var noTls = draft.FindRefusal(FixDraft.Tls);
            return (noTls is null ? draft : Draft(failed, files, release, noTls)).Write(values);
        }
        catch (UnsafeFixException exception)
        {
            return new RunFix(
                last.Path, null, string.Empty, [], [.. failed.Select(result => FixDraft.Leave(result, exception.Message))], [], [])
            {
                Before = ListBefore(values),
            };
        }
    }

    private void RefuseWithheld()
    {
        if (values.Files.FirstOrDefault(file => file.Text.StartsWith(Withheld, StringComparison.Ordinal)) is { } file)
        {
            throw new UnsafeFixException(
                $"'{file.Path}' was not recorded, because it is not valid YAML, or one of its keys looks like a secret");
        }
    }

    // Nearly every file takes the whole change. Only where one does not, each control is tried by itself.
    private static FixDraft Draft(List<ControlResult> failed, ValuesFix files, ReleaseFix release, string? noTls)
    {
        var draft = Fill(failed, new FixDraft(files, release, noTls, writesEach: false));
        return draft.CanBeWritten() ? draft : Fill(failed, new FixDraft(files, release, noTls, writesEach: true));
    }

    private static FixDraft Fill(List<ControlResult> failed, FixDraft draft)
    {
        failed.ForEach(draft.Add);

        // What stood in the way of one may have gone with another.
        draft.AddRefused();
        return draft;
    }

    /// <summary>The files before the last, which stay.</summary>
    /// <param name="values">The values files.</param>
    public static IReadOnlyList<string> ListBefore(RecordedValues values) => [.. values.Files.SkipLast(1).Select(file => file.Path)];

    // A block at the end of a file takes nothing in as long as its last line has no end.
    private static string EndLastLine(string text) => text.Length == 0 || text.EndsWith('\n')
        ? text
        : text + (text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
}
