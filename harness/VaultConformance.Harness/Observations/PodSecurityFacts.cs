namespace VaultConformance.Harness.Observations;

/// <summary>
/// What the Pod Security admission of the API server says about the pods of the namespace. It was only asked; nothing changed.
/// </summary>
/// <param name="Active">
/// True when the API server has this admission, false when it took a level that does not exist; null when that could not be determined.
/// </param>
/// <param name="Warnings">
/// What it answered to the question whether the namespace could enforce <em>restricted</em>: one line for all pods that violate it in the
/// same way. Null when it was not asked.
/// </param>
/// <param name="Problem">Why it could not be asked; null when it was, and where there is no such admission.</param>
public sealed record PodSecurityFacts(bool? Active, IReadOnlyList<string>? Warnings, string? Problem)
{
    /// <summary>Value of <see cref="Enforced"/> where a pod that violates <em>restricted</em> would have been created.</summary>
    public const string Nothing = "nothing";

    /// <summary>
    /// Level and version that would have kept a pod out that violates nothing but <em>restricted</em>, for example
    /// <c>restricted:latest</c>; <see cref="Nothing"/> where it would have been created; null where something else refused it.
    /// </summary>
    public string? Enforced { get; init; }

    /// <summary>Why that pod was refused by something else than this admission; null where it was not.</summary>
    public string? Refusal { get; init; }
}
