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
    private static readonly string AlreadySaid = "The values already say what this control asks of them. ";

    /// <summary>The change; null when nothing failed.</summary>
    /// <param name="results">The results of the run.</param>
    public RunFix? Plan(IReadOnlyList<ControlResult> results)
    {
        var failed = results.Where(result => result.Outcome == Outcome.Failed).Select(result => result.Control).ToList();
        return failed.Count == 0 ? null : Plan(failed);
    }

    private RunFix Plan(List<ControlDescriptor> failed)
    {
        var last = values.Files[^1];
        try
        {
            var files = new ValuesFix([.. values.Files.SkipLast(1).Select(file => file.Text)], last.Text);
            var draft = new FixDraft(files, new ReleaseFix(files.Values, values, profile));
            failed.ForEach(draft.Add);
            return draft.Write(last.Path, values.Notes);
        }
        catch (UnsafeFixException exception)
        {
            return new RunFix(
                last.Path, null, string.Empty, [], [.. failed.Select(control => Leave(control, exception.Message))], [], values.Notes);
        }
    }

    private static UnmendedControl Leave(ControlDescriptor control, string reason) => new(
        control.Id, control.Guide?.Mending?.Kind ?? MendedBy.Decision, $"The values cannot be changed safely: {reason}.");

    /// <summary>The change as it grows.</summary>
    private sealed class FixDraft(ValuesFix files, ReleaseFix release)
    {
        private readonly List<(ControlDescriptor Control, string? Unsafe)> _unchanged = [];
        private readonly List<MendedControl> _mended = [];
        private FixMap _desired = files.Values;

        public void Add(ControlDescriptor control)
        {
            if (control.Guide?.Mending is not { Kind: MendedBy.Values, Snippets: { Count: > 0 } snippets })
            {
                _unchanged.Add((control, null));
                return;
            }

            try
            {
                var next = snippets.Aggregate(_desired, release.Apply);
                _ = files.Write(next);
                if (FixNode.AreSame(release.Apply(files.Values, snippets[0]), files.Values))
                {
                    _unchanged.Add((control, null));
                }
                else
                {
                    _mended.Add(new MendedControl(control.Id, null));
                }

                _desired = next;
            }
            catch (UnsafeFixException exception)
            {
                _unchanged.Add((control, exception.Message));
            }
        }

        public RunFix Write(string name, IReadOnlyList<string> notes)
        {
            var follow = _unchanged.Select(entry => entry.Control)
                .Where(control => FindCause(control) is not null)
                .ToList();
            var text = files.Write(_desired);
            return new RunFix(
                name,
                text == files.Text ? null : text,
                UnifiedDiff.Write(name, RunFix.FileName, files.Text, text),
                [.. _mended.Concat(follow.Select(control => new MendedControl(control.Id, FindCause(control))))
                    .OrderBy(mended => mended.Id)],
                [.. _unchanged.Where(entry => !follow.Contains(entry.Control)).Select(Describe)],
                ReleaseFix.ListNeeds(files.Values, _desired),
                notes);
        }

        private ControlId? FindCause(ControlDescriptor control) => control.Guide?.Mending?.After
            .Where(cause => _mended.Exists(mended => mended.Id == cause))
            .Select(cause => (ControlId?)cause)
            .FirstOrDefault();

        private static UnmendedControl Describe((ControlDescriptor Control, string? Unsafe) entry)
        {
            var mending = entry.Control.Guide?.Mending;
            if (entry.Unsafe is { } reason)
            {
                return Leave(entry.Control, reason);
            }

            return mending is { Kind: MendedBy.Values }
                ? new UnmendedControl(entry.Control.Id, MendedBy.Decision, AlreadySaid + mending.Words)
                : new UnmendedControl(entry.Control.Id, mending?.Kind ?? MendedBy.Decision, mending?.Words ?? entry.Control.Remediation);
        }
    }
}
