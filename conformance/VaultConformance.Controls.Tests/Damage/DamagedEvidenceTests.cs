using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Families;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using k8s;
using k8s.Models;
using FsCheckConfig = FsCheck.Config;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Controls.Tests.Damage;

/// <summary>Evidence that lacks something never makes a release look better than it is.</summary>
public sealed class DamagedEvidenceTests
{
    private const int Trials = 100;
    private static readonly ParsedOnce Evidence = new();

    private static readonly Mutation[] Bad = Everything()
        .Where(mutation => mutation is { Outcome: Outcome.Failed, Level: null } && IsRequired(mutation.Control)).ToArray();

    [Test]
    public void No_injury_turns_a_release_that_is_not_conformant_into_one_that_is()
    {
        var recorded = new Dictionary<Mutation, Recorded>();
        var trials =
            from mutation in Gen.Elements(Bad)
            from kind in Gen.Elements(Enum.GetValues<InjuryKind>())
            from part in Gen.Choose(0, 10_000)
            from member in Gen.Choose(0, 100_000)
            select (mutation, kind, part, member);

        Prop.ForAll(trials.ToArbitrary(), trial =>
        {
            var release = recorded.TryGetValue(trial.mutation, out var known) ? known : recorded[trial.mutation] = Record(trial.mutation);
            var injury = Injury.Pick(release.Parts, trial.kind, trial.part, trial.member);
            var verdict = Verdict(release with { Parts = injury.Do(release.Parts) });
            return (verdict != Reporting.Model.Verdict.Conformant).Label($"{trial.mutation}; {injury}");
        }).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(Trials));
    }

    [Test]
    public void No_injury_of_the_compliant_release_ends_the_run()
    {
        var release = Record(null);
        var trials =
            from kind in Gen.Elements(Enum.GetValues<InjuryKind>())
            from part in Gen.Choose(0, 10_000)
            from member in Gen.Choose(0, 100_000)
            select Injury.Pick(release.Parts, kind, part, member);

        Prop.ForAll(trials.ToArbitrary(), injury => Results(release with { Parts = injury.Do(release.Parts) }).Count == ControlCatalogue.BuiltIn.Controls.Count)
            .Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(Trials / 4));
    }

    [Test]
    public void The_releases_are_not_conformant_before_they_are_injured() => Assert.That(
        Bad.Where(mutation => Verdict(Record(mutation), [ControlId.Parse(mutation.Control)]) == Reporting.Model.Verdict.Conformant), Is.Empty);

    private static IEnumerable<Mutation> Everything() => Enumerable.Empty<Mutation>()
        .Concat(CoreMutations.All).Concat(MemoryMutations.All).Concat(IdentityMutations.All).Concat(FilesystemMutations.All).Concat(KeyMutations.All)
        .Concat(ProcessMutations.All).Concat(ProcessMutations.Further).Concat(ClosedWorldMutations.All)
        .Concat(TransportMutations.All).Concat(CertificateMutations.All);

    private static bool IsRequired(string control) => ControlCatalogue.BuiltIn.Find(ControlId.Parse(control))!.Level == Requirement.Must;

    // Both pods and what declares them are alike, as they are in a release: what is wrong is declared, admitted and seen.
    private static Recorded Record(Mutation? mutation)
    {
        var evidence = new ReleaseEvidence();
        mutation?.Change(evidence);
        var specification = evidence.Second.Admitted.Spec;
        evidence.First.Admitted.Spec = Copy(specification);
        evidence.StatefulSet.Spec.Template.Spec = Copy(specification);
        evidence.StatefulSet.Spec.Template.Spec.EphemeralContainers = null;
        return new Recorded(RecordedParts.Of(evidence), evidence.Profile(Catalogue.Profile()));
    }

    private static V1PodSpec Copy(V1PodSpec specification) => KubernetesJson.Deserialize<V1PodSpec>(KubernetesJson.Serialize(specification));

    private static Verdict Verdict(Recorded release) => Verdict(release, [.. ControlCatalogue.BuiltIn.Controls.Select(control => control.Id)]);

    // A release that one control alone keeps from being conformant is not conformant whatever the others say.
    private static Verdict Verdict(Recorded release, IReadOnlyList<ControlId> planned)
    {
        var controls = release.Profile.Controls.Where(control => planned.Contains(control.Key)).ToDictionary();
        var results = Results(release with { Profile = release.Profile with { Controls = controls } });
        return new ConformanceReport("run", "tool", default, default, "profile", [], [], [], planned, results, Problem: null).Verdict;
    }

    private static IReadOnlyList<ControlResult> Results(Recorded release) =>
        DirectSuite.Judge(Evidence.Open(release.Parts), release.Profile);

    private sealed record Recorded(RecordedParts Parts, Profile Profile);
}
