using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Framework;

/// <summary>One control in one run: collects findings and circumstances, and concludes the result from them.</summary>
/// <param name="control">The control.</param>
/// <param name="planned">What the profile says about it.</param>
/// <param name="session">The run.</param>
/// <param name="cancellation">Cancelled with the run and at the control's time limit.</param>
internal sealed partial class ControlRun(
    ControlDescriptor control, ProfileControl planned, SuiteSession session, CancellationToken cancellation)
{
    private readonly List<ExplainedFinding> _findings = [];
    private readonly List<Finding> _warnings = [];
    private readonly HashSet<Finding> _recommended = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Finding> _counts = new(ReferenceEqualityComparer.Instance);
    private readonly List<OpenCause> _open = [];
    private Requirement _level = planned.Level;
    private string? _levelReason = planned.Reason ?? (planned.Level == control.Level ? null : "set by the profile");

    public SuiteSession Session => session;

    /// <summary>What the control asked for.</summary>
    public ConsultedEvidence Consulted { get; } = new();

    /// <summary>Cancelled with the run and at the control's time limit.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Records one finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="judgement">What judging said of it, where it did.</param>
    public void Add(Finding finding, Judgement? judgement = null)
    {
        if (!TryPlace(ref finding))
        {
            return;
        }

        _findings.Add(new ExplainedFinding(finding, judgement?.Sentence, judgement?.Cause) { Places = judgement?.Places ?? [] });
        if (judgement?.OutOfTime == true)
        {
            AddOutOfTime();
        }

        if (judgement?.Recommended == true)
        {
            _recommended.Add(finding);
        }
    }

    /// <summary>Records that everything was checked. It is shown, and proves nothing of the requirement itself.</summary>
    /// <param name="finding">The finding.</param>
    public void AddCount(Finding finding)
    {
        // That pods are there is no news of objects that make them.
        if (session.Declared is null)
        {
            finding = finding with { Evidence = Consulted.Parts };
            _findings.Add(new ExplainedFinding(finding));
            _counts.Add(finding);
        }
    }

    /// <summary>Records that a finding passed with a warning.</summary>
    /// <param name="finding">The finding.</param>
    public void Warn(Finding finding) => _warnings.Add(finding);

    /// <summary>Records that a fact could not be observed.</summary>
    /// <param name="subject">Pod or other thing the control was looking at.</param>
    /// <param name="exception">Why.</param>
    public void AddUnavailable(string subject, ObservationUnavailableException exception)
    {
        if (exception.Reason.Cause == UnavailableCause.OnlyDeclared)
        {
            _isLeftToRun = true;
            return;
        }

        var byChoice = exception.Reason.Cause == UnavailableCause.DisruptionForbidden
            && session.Profile.Parameters.WhenDisruptionForbidden == DisruptionForbiddenOutcome.NotApplicable;
        var outcome = byChoice ? Outcome.NotApplicable : Outcome.Inconclusive;
        _open.Add(exception.Reason.Cause switch
        {
            UnavailableCause.DisruptionForbidden => OpenCause.DisruptionForbidden,
            UnavailableCause.NotSupported => OpenCause.NotSupported,
            UnavailableCause.NotRecorded => OpenCause.NotRecorded,
            _ => OpenCause.Refused,
        });
        Add(new Finding(subject, $"observation '{exception.ObservationKind}'", "available", exception.Reason.Message, outcome));
    }

    /// <summary>Records that time ran out.</summary>
    public void AddOutOfTime() => _open.Add(OpenCause.OutOfTime);

    /// <summary>Lowers the level because of circumstances; never raises it.</summary>
    /// <param name="level">The level that is right under these circumstances.</param>
    /// <param name="reason">Why.</param>
    public void LowerLevel(Requirement level, string reason)
    {
        if (level < _level)
        {
            _level = level;
            _levelReason = reason;
        }
    }

    /// <summary>The result.</summary>
    /// <param name="error">What went wrong in the control itself; null when nothing did.</param>
    /// <param name="duration">How long the control took.</param>
    public ControlResult Conclude(string? error, TimeSpan duration)
    {
        var required = _findings.Where(item => !_recommended.Contains(item.Finding) && !_counts.Contains(item.Finding)).ToList();
        var recommended = _findings.Where(item => _recommended.Contains(item.Finding)).ToList();
        if (session.Declared is not null && error is null)
        {
            return ConcludeDeclared(required, recommended, duration);
        }

        var (outcome, isRecommendation) = OutcomeRules.Decide(ListOutcomes(required), ListOutcomes(recommended), error is not null);
        var deciding = isRecommendation ? recommended : outcome == Outcome.NotApplicable ? _findings : required;
        if (isRecommendation)
        {
            LowerLevel(Requirement.Should, ExplainOutcome(deciding, outcome));
        }

        var reason = outcome == Outcome.Passed
            ? OutcomeReasons.DescribeWarning(_warnings)
            : OutcomeReasons.Describe([.. deciding.Select(item => item.Finding)], error, outcome);
        return CreateResult(outcome, reason, duration) with
        {
            Summary = outcome == Outcome.Failed ? session.MaskShapes(FailureSummary.Write(deciding)) : null,
            Open = outcome == Outcome.Inconclusive ? [.. _open.Distinct().Order()] : [],
            Cause = outcome == Outcome.Failed ? FailureSummary.FindCause(deciding) : null,
            // What is required comes first, as it is the graver one.
            Places = outcome == Outcome.Failed ? [.. required.Concat(recommended).SelectMany(item => item.Places).Select(Mask)] : [],
        };
    }

    private ControlResult CreateResult(Outcome outcome, string reason, TimeSpan duration) => new(
        control,
        _level,
        _levelReason is null ? null : session.MaskShapes(_levelReason),
        outcome,
        session.MaskShapes(reason),
        [.. _findings.Select(item => Mask(item.Finding))],
        duration);

    // Evidence may come from elsewhere, and reports go everywhere: whatever it holds, what has the shape of a key or a token ends here.
    private Finding Mask(Finding finding) => finding with
    {
        Subject = session.MaskShapes(finding.Subject),
        Fact = session.MaskShapes(finding.Fact),
        Expected = session.MaskShapes(finding.Expected),
        Actual = session.MaskShapes(finding.Actual),
        Outcome = (session.Declared, finding.Outcome) switch
        {
            (not null, Outcome.Passed) => Outcome.Declared,
            (not null, Outcome.Inconclusive) => Outcome.RunOnly,
            _ => finding.Outcome,
        },
    };

    private ValuePlace Mask(ValuePlace place) => place with
    {
        Key = session.MaskShapes(place.Key),
        File = session.MaskShapes(place.File),
        Text = session.MaskShapes(place.Text),
    };

    private static List<Outcome> ListOutcomes(IReadOnlyList<ExplainedFinding> findings) =>
        [.. findings.Select(item => item.Finding.Outcome)];

    private static string ExplainOutcome(List<ExplainedFinding> deciding, Outcome outcome)
    {
        var verb = outcome switch { Outcome.Failed => "failed", Outcome.Inconclusive => "could not be determined", _ => "passed" };
        return $"the required facts hold, and what {verb} is only recommended: "
            + $"{deciding.First(item => item.Finding.Outcome == outcome).Finding.Fact}";
    }
}
