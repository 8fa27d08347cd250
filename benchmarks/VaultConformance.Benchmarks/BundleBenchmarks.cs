using BenchmarkDotNet.Attributes;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Runs.Records;
using VaultConformance.Runs.Replaying;

namespace VaultConformance.Benchmarks;

/// <summary>Writing, reading and judging the bundle of a run with 60 controls and nine pods.</summary>
[MemoryDiagnoser]
public class BundleBenchmarks
{
    private SyntheticRun _run = null!;
    private string _folder = string.Empty;
    private string _file = string.Empty;

    /// <summary>Makes the run and its bundle.</summary>
    [GlobalSetup]
    public void Create()
    {
        _run = SyntheticRun.CreateAsync().GetAwaiter().GetResult();
        _folder = Directory.CreateTempSubdirectory("vault-conformance-benchmark-").FullName;
        _file = Path.Combine(_folder, "evidence.vcb");
        BundleWriter.WriteAsync(_file, _run.About, _run.Parts, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    /// <summary>Canonical JSON, hashes, ZIP, reading back, file.</summary>
    [Benchmark(Description = "write the bundle")]
    public Task WriteAsync() =>
        BundleWriter.WriteAsync(Path.Combine(_folder, "written.vcb"), _run.About, _run.Parts, CancellationToken.None);

    /// <summary>Limits, names, sizes, hashes, canonical form.</summary>
    [Benchmark(Description = "open it and verify every hash")]
    public string Open() => BundleReader.Open(_file).Sha256;

    /// <summary>Everything that the verb <c>replay</c> does but printing.</summary>
    [Benchmark(Description = "open it and judge it again")]
    public async Task<int> ReplayAsync()
    {
        var outcome = await new Replay(new Controls.Suite.SuiteJudge(), TimeProvider.System)
            .RunAsync(RecordedEvidence.Open(_file), otherProfile: null, otherWaivers: null, CancellationToken.None);
        return outcome.Report.Results.Count;
    }
}
