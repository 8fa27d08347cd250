using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using VaultConformance.Controls.Pages;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Judging;
using VaultConformance.Judging.Declared;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using k8s.Models;

namespace VaultConformance.Controls.Framework;

/// <summary>One run of the suite: what is judged, by which profile, and its outcome.</summary>
/// <remarks>It travels with the tests that are run, see <see cref="Bridge.Attachment{T}"/>.</remarks>
internal sealed class SuiteSession(Target target, Profile profile, TimeProvider timeProvider, CancellationToken cancellation)
{
    private readonly ConcurrentDictionary<ControlId, ControlResult> _results = new();
    private readonly ConditionalWeakTable<V1Pod, IReadOnlyList<Judgement>> _declared = [];
    private readonly ConcurrentDictionary<string, string> _masked = new(StringComparer.Ordinal);

    /// <summary>What is judged.</summary>
    public Target Target => target;

    public Profile Profile => profile;

    /// <summary>Clock for durations.</summary>
    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Ends the run; controls that have not begun by then are inconclusive.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Longest time that one control may take, observations included.</summary>
    public TimeSpan ControlTimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Applies waivers to a result, for what NUnit shows; the results themselves are kept as they came.</summary>
    public Func<ControlResult, ControlResult> Accept { get; init; } = result => result;

    /// <summary>Told every result as it comes.</summary>
    public IProgress<ControlResult>? Progress { get; init; }

    /// <summary>The release as it is declared, where nothing was started; null in a run.</summary>
    public DeclaredRelease? Declared { get; init; }

    /// <summary>What the documentation says about the controls.</summary>
    public ControlPages Pages { get; init; } = ControlPages.BuiltIn;

    /// <summary>Where the report will be; null when none is written.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>The results so far.</summary>
    public IReadOnlyDictionary<ControlId, ControlResult> Results => _results;

    /// <summary>Whether a pod is what its workload declares: asked by every control, and judged once for each observed pod.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="objects">The observation that holds it and the workloads.</param>
    public IReadOnlyList<Judgement> JudgeDeclared(V1Pod pod, AdmittedObjects objects) =>
        _declared.GetValue(pod, admitted => [.. DeclaredPod.Judge(admitted, objects)]);

    /// <summary>A sentence without what has the shape of a secret. Most sentences of a run are there many times.</summary>
    /// <param name="text">The sentence.</param>
    public string MaskShapes(string text) => _masked.GetOrAdd(text, SecretScanner.MaskShapes);

    /// <summary>Records a result.</summary>
    /// <param name="result">The result.</param>
    public void Record(ControlResult result)
    {
        _results[result.Control.Id] = result;
        Progress?.Report(result);
    }

    /// <summary>What NUnit writes into its XML for this property.</summary>
    public override string ToString() => $"profile {profile.Reference}";
}
