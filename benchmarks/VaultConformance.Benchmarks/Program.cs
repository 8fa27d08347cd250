using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using VaultConformance.Reporting.Bundles;

namespace VaultConformance.Benchmarks;

/// <summary>
/// Measures what a large run costs. <c>--write FILE</c> only writes the bundle that is measured, for example to time <c>replay FILE</c> as
/// a whole; <c>--processor</c> measures processor time instead of time on the clock, for a machine that is busy with something else;
/// <c>--exec TARGET</c> compares ways to look into the pods of a release that <c>run --keep</c> left, and TARGET is the file that it named;
/// <c>--lint PROGRAM VALUES CHART</c> times <c>lint</c> as a whole.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["--exec", var target])
        {
            await (await ExecComparison.OpenAsync(target)).SayAsync(Console.Out);
            return 0;
        }

        if (arguments is ["--lint", var program, var values, var chart])
        {
            await LintTime.SayAsync(program, values, chart, Console.Out);
            return 0;
        }

        var run = await SyntheticRun.CreateAsync();
        var bytes = BundleWriter.WriteBytes("synthetic", run.About, run.Parts);
        var unpacked = run.Parts.Sum(part => (long)part.Content.Length);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{SyntheticRun.Controls} controls, {SyntheticRun.Pods} pods: {run.Parts.Count + 1} parts, {unpacked / 1024} KiB of evidence, "
                + $"{bytes.Length / 1024} KiB as a bundle"));
        if (arguments is ["--write", var path])
        {
            await File.WriteAllBytesAsync(path, bytes);
            return 0;
        }

        if (arguments is ["--processor"])
        {
            await ProcessorTime.SayAsync(Console.Out);
            return 0;
        }

        // In this process: what is measured takes milliseconds, and a build of its own for each benchmark takes minutes.
        var job = Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10);
        var folder = Path.Combine(Path.GetTempPath(), "vault-conformance-benchmarks");
        BenchmarkRunner.Run<BundleBenchmarks>(DefaultConfig.Instance.AddJob(job).WithArtifactsPath(folder), arguments);
        return 0;
    }
}
