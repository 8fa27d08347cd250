using System.Text.RegularExpressions;
using VaultConformance.Harness;

namespace VaultConformance.Runs.Plan;

/// <summary>Makes the plan of a run from the command line, the environment and the settings file, in this order of strength.</summary>
/// <param name="context">What the plan is made in.</param>
internal sealed partial class RunPlanParser(PlanContext context)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(15);

    /// <summary>Makes the plan.</summary>
    /// <param name="commandLine">What the command line says.</param>
    /// <param name="cancellationToken">Cancels reading files.</param>
    /// <exception cref="HarnessException">Anything is wrong; the message lists everything.</exception>
    public async Task<RunPlan> ParseAsync(ISettingLayer commandLine, CancellationToken cancellationToken)
    {
        var problems = new PlanProblems();
        var environment = new EnvironmentLayer(context.Variables);
        environment.RefuseUnknown(problems);
        var reader =
            new PlanReader([commandLine, environment, FileLayer.Read(context.WorkingFolder, problems)], context.WorkingFolder, problems);

        var cluster = new ClusterPlanReader(reader, problems).Read();
        var release = new ReleasePlanReader(reader, problems, context.Repository)
            .Read() with { ClientCertificate = new ClientCertificatePlan(reader, problems, context.Time).Read() };
        var controls = await new ControlsPlanReader(reader, problems, context).ReadAsync(cancellationToken);
        var plan = new RunPlan(
            context.RunId,
            release,
            cluster,
            controls!,
            ReadOutput(reader, problems),
            new HelmProgram(context.Variables).Find(reader, problems),
            ReadTimeout(reader, problems),
            reader.Switch(Settings.Keep),
            !reader.Switch(Settings.NoSetup))
            {
                WorkingFolder = context.WorkingFolder,
                HasOutput = reader.Has(Settings.Output),
                KubernetesVersion = ReadKubernetesVersion(reader, problems),
                Signing = SigningPlan.Read(reader, problems, context),
                Exit = ExitPlan.Read(reader, problems, context.OpenResults),
            };
        problems.ThrowIfAny();
        return plan;
    }

    private string ReadOutput(PlanReader reader, PlanProblems problems)
    {
        var folder = reader.ToFullPath(reader.ReadSingle(Settings.Output) ?? Path.Combine("out", context.RunId));
        if (OutputFolder.ExplainNotWritable(folder) is { } reason)
        {
            problems.Add(reader.DescribeOrigin(Settings.Output), $"nothing can be written to '{folder}': {reason}");
        }

        if (PreviousRun.ExplainNotReplaceable(folder) is { } foreign)
        {
            problems.Add(reader.DescribeOrigin(Settings.Output), foreign);
        }

        return folder;
    }

    private static string? ReadKubernetesVersion(PlanReader reader, PlanProblems problems)
    {
        if (reader.ReadSingle(Settings.KubeVersion) is { } version && !VersionForm.IsMatch(version))
        {
            problems.Add(
                reader.DescribeOrigin(Settings.KubeVersion),
                $"'{version}' is not a version of Kubernetes; write for example 1.34 or 1.34.1");
        }

        return reader.ReadSingle(Settings.KubeVersion);
    }

    [GeneratedRegex(@"^v?[0-9]+\.[0-9]+(\.[0-9]+([-+][0-9A-Za-z.+-]+)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionForm { get; }

    private static TimeSpan ReadTimeout(PlanReader reader, PlanProblems problems)
    {
        if (reader.ReadSingle(Settings.Timeout) is not { } text)
        {
            return DefaultTimeout;
        }

        if (Duration.TryParse(text, out var timeout))
        {
            return timeout;
        }

        problems.Add(
            reader.DescribeOrigin(Settings.Timeout),
            text.All(char.IsAsciiDigit) && text.Any(digit => digit != '0')
                ? $"'{text}' has no unit; write {text}s, {text}m or {text}h"
                : $"'{text}' is not a duration from 1s to 24h; write for example 90s, 15m or 1h30m");
        return DefaultTimeout;
    }
}
