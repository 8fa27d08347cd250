using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Framework;

/// <summary>One control for every way a control can end. Generic, so that only the inner runs see it.</summary>
public sealed class SampleControls<T> : ControlFixture
{
    [Control("SAM-1", 1, Requirement.Must)]
    public Task Every_pod_has_core_settings() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        Check(pod.Name, "core pattern", (await pod.ObserveAsync(ObservationKinds.CoreSettings, cancellationToken)).CorePattern, Is.EqualTo("core")));

    [Control("SAM-2", 1, Requirement.Must)]
    public void Compares_nothing() => _ = Parameters;

    [Control("SAM-3", 1, Requirement.Must)]
    public void Throws() => throw new FormatException("a defect");

    [Control("SAM-4", 1, Requirement.Must)]
    public void Fails_and_then_throws()
    {
        Check("vault-0", "answer", 41, Is.EqualTo(42));
        throw new FormatException("a defect");
    }

    [Control("SAM-5", 1, Requirement.Must)]
    public void Does_not_apply() => ConcludeNotApplicable("no TLS here");

    [Control("SAM-6", 1, Requirement.Must)]
    public void Only_a_recommendation_fails()
    {
        Check("vault-0", "answer", 42, Is.EqualTo(42));
        Recommend("vault-0", "suites", 1, Is.EqualTo(2));
    }

    [Control("SAM-7", 1, Requirement.Must, Disruptive = true)]
    public async Task Needs_disruption() => Check("release", "exit code", (await Target.ObserveAsync(ObservationKinds.Sigterm, Cancellation)).ExitCode, Is.Zero);

    [Control("SAM-8", 1, Requirement.Must)]
    public async Task Never_ends() => await Task.Delay(Timeout.Infinite, Cancellation);

    [Control("SAM-9", 1, Requirement.Must)]
    public void Asserts_plainly() => Assert.That(Parameters.ShutdownBudgetSeconds, Is.Zero);

    [Control("SAM-10", 1, Requirement.Must)]
    public void Is_only_recommended_here()
    {
        LowerLevel(Requirement.Should, "storage is file");
        Check("vault-0", "answer", 41, Is.EqualTo(42));
    }

    [Control("SAM-11", 1, Requirement.Must)]
    public Task Breaks_on_the_first_pod() => JudgeEachServerPodAsync((pod, _) =>
    {
        Check(pod.Name, "name", pod.Name == "vault-0" ? throw new FormatException("a defect") : pod.Name, Is.EqualTo("vault-0"));
        return Task.CompletedTask;
    });

    [Control("SAM-12", 1, Requirement.Must)]
    public void Cannot_tell_what_is_required_and_fails_what_is_recommended()
    {
        CannotTell("vault-0", "answer", "42", "nobody knows");
        Recommend("vault-0", "suites", 1, Is.EqualTo(2));
    }

    [Control("SAM-13", 1, Requirement.Must)]
    public void Cannot_tell_what_is_recommended()
    {
        Check("vault-0", "answer", 42, Is.EqualTo(42));
        Report("vault-0", Judgement.Unknown("suites", "2", "nobody knows").AsRecommendation());
    }
}
