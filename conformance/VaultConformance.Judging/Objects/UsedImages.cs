using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Objects;

/// <summary>Where the images of a release come from, and whether each name stands for one image only.</summary>
internal static class UsedImages
{
    // The injector gives this image to the pods that it changes.
    private const string AgentImage = "AGENT_INJECT_VAULT_IMAGE";
    private const string Fact = "images without a digest";
    private const string Source = "images from registries that the profile does not allow";

    /// <summary>Judges the images of all pods and of everything that makes pods.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="registries">Registries that are allowed; empty when the profile declares none.</param>
    /// <param name="release">The release; null when it was not recorded.</param>
    public static IEnumerable<Judgement> Judge(AdmittedObjects objects, IReadOnlyList<string> registries, ReleaseFacts? release)
    {
        var uses = ReleasePods.List(objects).Where(pod => !objects.IsOwn(pod.Pod)).SelectMany(pod => List(pod.Subject, pod.Pod.Spec))
            .Concat(Workload.List(objects).Where(workload => workload.Template?.Spec is not null)
                .SelectMany(workload => List(workload.Subject, workload.Template!.Spec)))
            .ToList();
        var unnamed = uses.Where(use => string.IsNullOrEmpty(use.Image)).Select(use => use.Place).Distinct().ToList();
        if (unnamed.Count > 0)
        {
            yield return Judgement.Unknown("images", "recorded", $"not recorded: {string.Join(", ", unnamed)}");
        }

        var names = uses.Select(use => use.Image).OfType<string>().Where(image => image.Length > 0)
            .Distinct(StringComparer.Ordinal).ToList();
        if (FindStandIn(release) is { } standIn && names.Remove(standIn))
        {
            yield return Judgement.Irrelevant("image of the server", $"the stand-in '{standIn}' was chosen for this run");
        }

        var images = names.Select(image => new ImageReference(image)).ToList();
        yield return Judgement.None(Fact, images.Where(image => !image.IsPinned).Select(image => image.Text))
            .Saying(found => $"A tag does not say which image runs, because it can be moved. These images have no digest: {found}.");
        yield return registries.Count == 0
            ? Judgement.Irrelevant(Source, "the profile does not say which registries are allowed (imageRegistries)")
            : Judgement.None(Source, images.Where(image => !image.IsFrom(registries)).Select(image => image.Text))
                .Saying(found => $"Images come from registries that the profile does not allow: {found}.");
    }

    // A stand-in is made on the machine that runs it. It comes from no registry, and the values do not name it.
    private static string? FindStandIn(ReleaseFacts? release) => release is { StandIn: true }
        && release.OverlayReasons.Any(reason => reason.Contains($"'{release.ServerImage}'", StringComparison.Ordinal))
            ? release.ServerImage
            : null;

    private static IEnumerable<(string Place, string? Image)> List(string subject, V1PodSpec specification)
    {
        foreach (var container in specification.ListAllContainers())
        {
            yield return ($"{subject}/{container.Name}", container.Image);
            foreach (var variable in (container.Env ?? []).Where(variable => variable.Name == AgentImage))
            {
                yield return ($"{subject}/{container.Name}/{AgentImage}", variable.Value);
            }
        }

        foreach (var volume in (specification.Volumes ?? []).Where(volume => volume.Image is not null))
        {
            yield return ($"{subject}/volume {volume.Name}", volume.Image.Reference);
        }
    }
}
