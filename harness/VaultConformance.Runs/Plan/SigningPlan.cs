using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Runs.Plan;

/// <summary>Who signs the result of a run. The key is read before anything starts, so that a run does not end at a missing file.</summary>
/// <param name="Key">The key.</param>
/// <param name="Warnings">Sentences about how the key is kept.</param>
internal sealed record SigningPlan(SigningKey Key, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads it; null when nobody is to sign, or the key cannot be used.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="problems">Receives the problem.</param>
    /// <param name="context">Environment and folder.</param>
    public static SigningPlan? Read(PlanReader reader, PlanProblems problems, PlanContext context)
    {
        if (reader.Single(Settings.SignKey) is not { } given)
        {
            return null;
        }

        try
        {
            var source = new KeySource(context.Variables, context.WorkingFolder);
            return new SigningPlan(SigningKey.Parse(source.Read(reader.Origin(Settings.SignKey), given)), source.Warnings(given));
        }
        catch (AttestationException exception)
        {
            problems.Add(exception.Message);
            return null;
        }
    }
}
