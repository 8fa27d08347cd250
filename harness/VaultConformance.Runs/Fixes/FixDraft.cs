using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Fixes;

/// <summary>A change as it grows, control by control.</summary>
/// <param name="files">The values files.</param>
/// <param name="release">The release.</param>
/// <param name="noTls">Why TLS cannot be switched on; null when it can, or is on.</param>
/// <param name="writesEach">
/// Whether it is tried after each control that the change can be written, which finds the one that stands in the way.
/// </param>
internal sealed class FixDraft(ValuesFix files, ReleaseFix release, string? noTls, bool writesEach)
{
    /// <summary>The control that everything about TLS rests on.</summary>
    public static readonly ControlId Tls = ControlId.Parse("TLS-1");

    private static readonly ControlId Writing = ControlId.Parse("FS-2");
    private static readonly ControlId[] OfUser = [ControlId.Parse("ID-1"), ControlId.Parse("ID-2")];
    private readonly List<ControlResult> _failed = [];
    private readonly Dictionary<ControlId, string> _refused = [];
    private readonly HashSet<ControlId> _applied = [];
    private FixMap _desired = files.Values;

    /// <summary>Why a control is not mended; null when it is, or did not fail.</summary>
    /// <param name="id">The control.</param>
    public string? FindRefusal(ControlId id) => _refused.GetValueOrDefault(id);

    /// <summary>Whether the change can be written as a whole.</summary>
    public bool CanBeWritten()
    {
        try
        {
            _ = files.Write(_desired);
            return true;
        }
        catch (UnsafeFixException)
        {
            return false;
        }
    }

    /// <summary>Adds what mends a control.</summary>
    /// <param name="result">Its result.</param>
    public void Add(ControlResult result)
    {
        _failed.Add(result);
        Apply(result);
    }

    /// <summary>Tries those again that were refused.</summary>
    public void AddRefused()
    {
        foreach (var result in _failed.Where(result => _refused.ContainsKey(result.Control.Id)).ToList())
        {
            Apply(result);
        }
    }

    /// <summary>The change.</summary>
    /// <param name="values">What was recorded of the values.</param>
    public RunFix Write(RecordedValues values)
    {
        var name = values.Files[^1].Path;
        var text = files.Write(_desired);
        var facts = new ClaimFacts(
            files.Values, _desired, release.ReadConfig(files.Values), release.ReadConfig(_desired), release.FullName, release.LeavesUser);
        var verdicts = _failed.Select(result => Judge(result, new FixClaims(facts).ListLeft(result))).ToList();
        var isChanged = text != files.Text;
        return new RunFix(
            name,
            isChanged ? MaskedLines.Mark(text) : null,
            UnifiedDiff.Write(name, RunFix.FileName, files.Text, text),
            [.. verdicts.Select(verdict => verdict.Mended).OfType<MendedControl>().OrderBy(mended => mended.Id)],
            [.. verdicts.Select(verdict => verdict.Left).OfType<UnmendedControl>()],
            FixNeeds.List(files.Values, _desired, facts, (values.Release, release.FullName)),
            values.Notes)
        {
            Before = FixPlanner.ListBefore(values),
            MaskedLines = isChanged ? MaskedLines.List(MaskedLines.Mark(text)) : [],
        };
    }

    /// <summary>A control that is left as it is, for a reason that concerns values only.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="reason">Why.</param>
    public static UnmendedControl Leave(ControlResult result, string reason) => IsOfValues(result.Control)
        ? new UnmendedControl(result.Control.Id, MendedBy.Values, $"The values cannot be changed safely: {reason}.")
        : LeftFacts.Describe(result, [], isReached: false, []);

    private static bool IsOfValues(ControlDescriptor control) => control.Guide?.Mending is { Kind: MendedBy.Values };

    private void Apply(ControlResult result)
    {
        var control = result.Control;
        _refused.Remove(control.Id);
        if (noTls is not null && RestsOnTls(control))
        {
            _refused[control.Id] = control.Id == Tls ? noTls : "it needs TLS, which cannot be switched on safely (see TLS-1)";
            return;
        }

        if (control.Guide?.Mending is not { Kind: MendedBy.Values, Snippets: { Count: > 0 } pasted })
        {
            return;
        }

        List<string> snippets = [.. pasted.Select(snippet => HookSnippet.Fit(snippet, result, files.Values))];
        try
        {
            RefuseUser(control);
            var next = snippets.Aggregate(_desired, release.Apply);
            SecurityConflicts.Refuse(files.Values, next);
            SharedUse.Refuse(files.Values, next);
            MountedFiles.Refuse(files.Values, next);
            if (writesEach)
            {
                _ = files.Write(next);
            }

            if (!FixNode.AreSame(release.Apply(files.Values, snippets[0]), files.Values))
            {
                _applied.Add(control.Id);
            }

            _desired = next;
        }
        catch (UnsafeFixException exception)
        {
            _refused[control.Id] = exception.Message;
        }
    }

    private void RefuseUser(ControlDescriptor control)
    {
        if (release.HidesUser && OfUser.Contains(control.Id))
        {
            throw new UnsafeFixException(
                "the platform chooses the user of the server (OpenShift), and refuses one that the values give; use the profile openshift");
        }
    }

    private static bool RestsOnTls(ControlDescriptor control) =>
        control.Guide?.Mending is { } mending && (mending.After.Contains(Tls)
            || (mending.Kind == MendedBy.Values && control.Id.ToString().StartsWith("TLS-", StringComparison.Ordinal)));

    private (MendedControl? Mended, UnmendedControl? Left) Judge(ControlResult result, IReadOnlyList<Finding> left)
    {
        var control = result.Control;
        if (_refused.TryGetValue(control.Id, out var reason) && IsOfValues(control))
        {
            return (null, Leave(result, reason));
        }

        var cause = control.Guide?.Mending?.After.Where(_applied.Contains).Select(id => (ControlId?)id).FirstOrDefault();
        var isReached = _applied.Contains(control.Id) || cause is not null;
        return isReached && left.Count == 0
            ? (new MendedControl(control.Id, _applied.Contains(control.Id) ? null : cause), null)
            : (null, LeftFacts.Describe(result, left, isReached, control.Id == Writing ? release.ListOpen() : []));
    }
}
