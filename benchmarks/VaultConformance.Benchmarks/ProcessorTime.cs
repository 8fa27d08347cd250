using System.Globalization;

namespace VaultConformance.Benchmarks;

/// <summary>Measures processor time, which a busy machine does not change as much as it changes the time on the clock.</summary>
internal static class ProcessorTime
{
    private const int WarmUps = 10;
    private const int Rounds = 50;

    /// <summary>Measures every benchmark and says the mean.</summary>
    /// <param name="output">Where to say it.</param>
    public static async Task SayAsync(TextWriter output)
    {
        var benchmarks = new BundleBenchmarks();
        benchmarks.Create();
        try
        {
            await SayAsync(output, "write the bundle", benchmarks.WriteAsync);
            await SayAsync(output, "open it and verify every hash", () => Task.FromResult(benchmarks.Open()));
            await SayAsync(output, "open it and judge it again", benchmarks.ReplayAsync);
        }
        finally
        {
            benchmarks.Remove();
        }
    }

    private static async Task SayAsync(TextWriter output, string name, Func<Task> action)
    {
        for (var round = 0; round < WarmUps; round++)
        {
            await action();
        }

        var before = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
        {
            await action();
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-32} {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Rounds:0.0} ms of processor time"));
    }
}
